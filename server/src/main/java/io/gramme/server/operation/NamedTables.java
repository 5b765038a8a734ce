package io.gramme.server.operation;

import io.gramme.api.BatchGetItemInput;
import io.gramme.api.BatchWriteItemInput;
import io.gramme.api.ConditionCheck;
import io.gramme.api.Delete;
import io.gramme.api.DeleteItemInput;
import io.gramme.api.GetItemInput;
import io.gramme.api.Put;
import io.gramme.api.PutItemInput;
import io.gramme.api.QueryInput;
import io.gramme.api.ScanInput;
import io.gramme.api.TransactGetItemsInput;
import io.gramme.api.TransactWriteItem;
import io.gramme.api.TransactWriteItemsInput;
import io.gramme.api.Update;
import io.gramme.api.UpdateItemInput;
import java.util.Collection;
import java.util.List;

/** The tables that a request for items names, where the request itself does so. Statements name theirs in their text. */
public final class NamedTables {
    private NamedTables() {}

    /** The names or ARNs, in a transaction that of each action; none for a request of another kind. */
    public static Collection<String> of(Object request) {
        return switch (request) {
            case GetItemInput one -> List.of(one.tableName());
            case PutItemInput one -> List.of(one.tableName());
            case UpdateItemInput one -> List.of(one.tableName());
            case DeleteItemInput one -> List.of(one.tableName());
            case QueryInput one -> List.of(one.tableName());
            case ScanInput one -> List.of(one.tableName());
            case BatchGetItemInput one -> one.requestItems().keySet();
            case BatchWriteItemInput one -> one.requestItems().keySet();
            case TransactGetItemsInput one ->
                one.transactItems().stream().map(item -> item.get().tableName()).toList();
            case TransactWriteItemsInput one ->
                one.transactItems().stream().map(NamedTables::of).toList();
            default -> List.of();
        };
    }

    private static String of(TransactWriteItem action) {
        return action.put()
                .map(Put::tableName)
                .or(() -> action.update().map(Update::tableName))
                .or(() -> action.delete().map(Delete::tableName))
                .or(() -> action.conditionCheck().map(ConditionCheck::tableName))
                .orElse("");
    }
}
