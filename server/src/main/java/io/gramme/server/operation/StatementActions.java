package io.gramme.server.operation;

import io.gramme.core.expression.Condition;
import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.key.KeySchema;
import io.gramme.core.partiql.KeyPlan;
import io.gramme.core.partiql.Returning;
import io.gramme.core.partiql.Statement;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.DeleteAction;
import io.gramme.tables.item.InsertAction;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.UpdateAction;
import io.gramme.tables.item.WriteCondition;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Optional;

/** Conversion of statements that write into item actions, and of their results into answers. */
final class StatementActions {
    private StatementActions() {}

    /** The write of a statement in a table, named as policies name it. */
    static ItemWrite write(Statement.Write statement, Table table, boolean showsItem) {
        Action action = switch (statement) {
            case Statement.Insert _ -> Action.PARTIQL_INSERT;
            case Statement.Update _ -> Action.PARTIQL_UPDATE;
            case Statement.Delete _ -> Action.PARTIQL_DELETE;
        };
        return of(statement, table, showsItem).on(table).as(action);
    }

    /**
     * The action of a statement.
     *
     * @param showsItem whether a failed condition shows the stored item
     */
    private static ItemAction of(Statement.Write statement, Table table, boolean showsItem) {
        return switch (statement) {
            case Statement.Insert(var _, var item) -> new InsertAction(item);
            case Statement.Update(var _, var update, var where, var _) -> {
                KeyPlan.One one = new KeyPlan(table.key()).one(where);
                var guard = new WriteCondition(Optional.of(there(table.key(), one.condition())), showsItem);
                yield new UpdateAction(one.key(), Optional.of(update), guard, UpdateAction.Measure.ITEM);
            }
            case Statement.Delete(var _, var where, var _) -> {
                KeyPlan.One one = new KeyPlan(table.key()).one(where);
                var guard = new WriteCondition(
                        one.condition().map(condition -> missingOr(table.key(), condition)), showsItem);
                yield new DeleteAction(one.key(), guard);
            }
        };
    }

    /** Adds that the item exists: only INSERT creates an item. */
    static Condition there(KeySchema key, Optional<Condition> condition) {
        var exists = new Condition.Exists(partitionKey(key));
        return condition
                .<Condition>map(other -> new Condition.And(List.of(exists, other)))
                .orElse(exists);
    }

    /** Deleting an item that does not exist is no failure, regardless of the rest of the clause. */
    private static Condition missingOr(KeySchema key, Condition condition) {
        return new Condition.Or(List.of(new Condition.NotExists(partitionKey(key)), condition));
    }

    private static Path partitionKey(KeySchema key) {
        return Path.of(key.partition().getFirst().name());
    }

    /** The attributes that a statement returns of its write. */
    static Optional<Item> returned(Statement.Write statement, Change change) {
        return switch (statement) {
            case Statement.Insert _ -> Optional.empty();
            case Statement.Update(var _, var update, var _, var returning) ->
                returning
                        .flatMap(asked -> switch (asked) {
                            case ALL_OLD -> change.before();
                            case ALL_NEW -> change.after();
                            case MODIFIED_OLD -> change.before().map(update::touchedBefore);
                            case MODIFIED_NEW -> change.after().map(update::touchedAfter);
                        })
                        .filter(item -> !item.isEmpty());
            case Statement.Delete(var _, var _, var returning) ->
                returning.filter(asked -> asked == Returning.ALL_OLD).flatMap(_ -> change.before());
        };
    }
}
