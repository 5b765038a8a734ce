package io.gramme.server.operation;

import io.gramme.api.ConditionCheck;
import io.gramme.api.Delete;
import io.gramme.api.Put;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.api.TransactWriteItem;
import io.gramme.api.Update;
import io.gramme.core.error.Errors;
import io.gramme.core.error.TransactionErrors;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.tables.access.Terms;
import io.gramme.tables.item.CheckAction;
import io.gramme.tables.item.DeleteAction;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.PutAction;
import io.gramme.tables.item.UpdateAction;
import io.gramme.tables.item.WriteCondition;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Validation and conversion of the actions in a TransactWriteItems request. */
final class TransactionActions {
    private TransactionActions() {}

    /** Checks that an element of the request is exactly one action. */
    static void requireOne(TransactWriteItem wanted) {
        long given = Stream.of(wanted.conditionCheck(), wanted.delete(), wanted.put(), wanted.update())
                .filter(Optional::isPresent)
                .count();
        if (given == 0) {
            throw TransactionErrors.noAction();
        }
        if (given > 1) {
            throw TransactionErrors.severalActions();
        }
    }

    /** Binds an action, with all checks of it that need no table. */
    static TransactionAction bind(TransactWriteItem wanted, Terms terms) {
        return wanted.put()
                .map(put -> put(put, terms))
                .or(() -> wanted.update().map(update -> update(update, terms)))
                .or(() -> wanted.delete().map(delete -> delete(delete, terms)))
                .or(() -> wanted.conditionCheck().map(check -> check(check, terms)))
                .orElseThrow();
    }

    private static TransactionAction put(Put put, Terms terms) {
        Map<String, Value> values = put.expressionAttributeValues().orElse(Map.of());
        var placeholders = new Placeholders(put.expressionAttributeNames(), put.expressionAttributeValues());
        placeholders.check(put.conditionExpression().isPresent());
        WriteCondition guard =
                guard(put.conditionExpression(), put.returnValuesOnConditionCheckFailure(), placeholders);
        placeholders.requireAllUsed();
        return action(
                put.tableName(),
                RequestTerms.of(terms, put.returnValuesOnConditionCheckFailure()),
                new PutAction(put.item(), guard),
                put.item(),
                values);
    }

    private static TransactionAction update(Update update, Terms terms) {
        Map<String, Value> values = update.expressionAttributeValues().orElse(Map.of());
        var placeholders = new Placeholders(update.expressionAttributeNames(), update.expressionAttributeValues());
        placeholders.check(true);
        var actions = Expressions.update(update.updateExpression(), placeholders);
        WriteCondition guard =
                guard(update.conditionExpression(), update.returnValuesOnConditionCheckFailure(), placeholders);
        placeholders.requireAllUsed();
        requireExpressionFits(actions.expressionSize());
        ItemAction action = new UpdateAction(update.key(), Optional.of(actions), guard, UpdateAction.Measure.ITEM);
        return action(
                update.tableName(),
                RequestTerms.of(terms, update.returnValuesOnConditionCheckFailure()),
                action,
                update.key(),
                values);
    }

    /**
     * The size of the updated item is a cancellation reason; that of the expression is checked before anything runs.
     */
    private static void requireExpressionFits(long bytes) {
        if (bytes > ItemSize.MAX_ITEM) {
            throw Errors.updatedItemTooLarge();
        }
    }

    private static TransactionAction delete(Delete delete, Terms terms) {
        Map<String, Value> values = delete.expressionAttributeValues().orElse(Map.of());
        var placeholders = new Placeholders(delete.expressionAttributeNames(), delete.expressionAttributeValues());
        placeholders.check(delete.conditionExpression().isPresent());
        WriteCondition guard =
                guard(delete.conditionExpression(), delete.returnValuesOnConditionCheckFailure(), placeholders);
        placeholders.requireAllUsed();
        return action(
                delete.tableName(),
                RequestTerms.of(terms, delete.returnValuesOnConditionCheckFailure()),
                new DeleteAction(delete.key(), guard),
                delete.key(),
                values);
    }

    private static TransactionAction check(ConditionCheck check, Terms terms) {
        Map<String, Value> values = check.expressionAttributeValues().orElse(Map.of());
        var placeholders = new Placeholders(check.expressionAttributeNames(), check.expressionAttributeValues());
        placeholders.check(true);
        WriteCondition guard = guard(
                Optional.of(check.conditionExpression()), check.returnValuesOnConditionCheckFailure(), placeholders);
        placeholders.requireAllUsed();
        return action(
                check.tableName(),
                RequestTerms.of(terms, check.returnValuesOnConditionCheckFailure()),
                new CheckAction(check.key(), guard),
                check.key(),
                values);
    }

    private static WriteCondition guard(
            Optional<String> expression,
            Optional<ReturnValuesOnConditionCheckFailure> onFailure,
            Placeholders placeholders) {
        return Conditions.guard(Conditions.expression(expression, placeholders), onFailure);
    }

    private static TransactionAction action(
            String table, Terms terms, ItemAction action, Item carried, Map<String, Value> values) {
        return new TransactionAction(table, action, terms, ItemSize.of(carried) + (long) ItemSize.of(Item.of(values)));
    }
}
