package io.gramme.server.operation;

import io.gramme.api.DeleteItemInput;
import io.gramme.api.DeleteItemOutput;
import io.gramme.core.expression.Placeholders;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.DeleteAction;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** DeleteItem: deletes the item with a key, if there is one. */
public final class DeleteItem implements Handler<DeleteItemInput, DeleteItemOutput> {
    private final Tables tables;
    private final ItemStore items;

    public DeleteItem(Tables tables, ItemStore items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public DeleteItemOutput handle(DeleteItemInput request, RequestContext context) {
        ConditionParameters parameters = parameters(request);
        ItemAction delete = new DeleteAction(request.key(), parameters.guard(context.faults(), "Key"));
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            Change change = items.write(context.caller(), delete.on(use.table()).under(() -> RequestTerms.of(request)));
            return DeleteItemOutput.builder()
                    .attributes(parameters.returnsOld() ? change.before() : Optional.empty())
                    .consumedCapacity(Capacities.of(change, request.returnConsumedCapacity()))
                    .itemCollectionMetrics(
                            CollectionMetrics.of(change, request.key(), request.returnItemCollectionMetrics()))
                    .build();
        }
    }

    private static ConditionParameters parameters(DeleteItemInput request) {
        return new ConditionParameters(
                request.returnValues(),
                request.conditionExpression(),
                request.expected(),
                request.conditionalOperator(),
                request.returnValuesOnConditionCheckFailure(),
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues()));
    }
}
