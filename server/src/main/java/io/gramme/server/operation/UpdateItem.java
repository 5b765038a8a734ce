package io.gramme.server.operation;

import io.gramme.api.AttributeValueUpdate;
import io.gramme.api.ReturnValue;
import io.gramme.api.UpdateItemInput;
import io.gramme.api.UpdateItemOutput;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Update;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.core.expression.legacy.LegacyUpdate;
import io.gramme.core.item.Item;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.UpdateAction;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** UpdateItem: changes some attributes of an item, or creates the item if there is none. */
public final class UpdateItem implements Handler<UpdateItemInput, UpdateItemOutput> {
    private final Tables tables;
    private final ItemStore items;

    public UpdateItem(Tables tables, ItemStore items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public UpdateItemOutput handle(UpdateItemInput request, RequestContext context) {
        UpdateAction action = Parameters.announced(() -> action(request, context));
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            Change change = items.write(context.caller(), action.on(use.table()).under(() -> RequestTerms.of(request)));
            return UpdateItemOutput.builder()
                    .attributes(returned(request.returnValues().orElse(ReturnValue.NONE), action.update(), change))
                    .consumedCapacity(Capacities.of(change, request.returnConsumedCapacity()))
                    .itemCollectionMetrics(
                            CollectionMetrics.of(change, request.key(), request.returnItemCollectionMetrics()))
                    .build();
        }
    }

    /** Runs the checks that need no table, in the service's order. */
    private static UpdateAction action(UpdateItemInput request, RequestContext context) {
        var parameters = new Parameters()
                .legacy("AttributeUpdates", request.attributeUpdates())
                .legacy("Expected", request.expected())
                .legacy("ConditionalOperator", request.conditionalOperator())
                .expression("UpdateExpression", request.updateExpression())
                .expression("ConditionExpression", request.conditionExpression());
        parameters.requireOneKind();
        Conditions.requireOperatorFits(
                request.conditionalOperator(), request.expected().map(Map::size));
        context.faults().raise("Key", "Expected", "AttributeUpdates", "ExpressionAttributeValues");
        var placeholders = new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        placeholders.check(parameters.anyExpression());
        Optional<Condition> expected = Conditions.expected(request.expected(), request.conditionalOperator());
        Optional<Update> update = request.updateExpression()
                .map(text -> Expressions.update(text, placeholders))
                .or(() -> request.attributeUpdates().map(updates -> Legacy.updates(legacy(updates))));
        Optional<Condition> condition =
                expected.or(() -> Conditions.expression(request.conditionExpression(), placeholders));
        placeholders.requireAllUsed();
        return new UpdateAction(
                request.key(),
                update,
                Conditions.guard(condition, request.returnValuesOnConditionCheckFailure()),
                request.updateExpression().isPresent()
                        ? UpdateAction.Measure.ITEM_AND_EXPRESSION
                        : UpdateAction.Measure.ITEM);
    }

    private static Map<String, LegacyUpdate> legacy(Map<String, AttributeValueUpdate> updates) {
        var converted = new LinkedHashMap<String, LegacyUpdate>();
        updates.forEach((name, update) -> converted.put(
                name,
                new LegacyUpdate(
                        update.action().map(LegacyTypes::action).orElse(LegacyUpdate.Action.PUT), update.value())));
        return converted;
    }

    private static Optional<Item> returned(ReturnValue asked, Optional<Update> update, Change change) {
        return switch (asked) {
            case NONE -> Optional.empty();
            case ALL_OLD -> change.before();
            case ALL_NEW -> change.after();
            case UPDATED_OLD ->
                unlessEmpty(update.flatMap(actions -> change.before().map(actions::touchedBefore)));
            case UPDATED_NEW ->
                unlessEmpty(update.flatMap(actions -> change.after().map(actions::touchedAfter)));
        };
    }

    private static Optional<Item> unlessEmpty(Optional<Item> shown) {
        return shown.filter(item -> !item.isEmpty());
    }
}
