package io.gramme.server.operation;

import io.gramme.api.PutItemInput;
import io.gramme.api.PutItemOutput;
import io.gramme.core.expression.Placeholders;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.PutAction;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** PutItem: writes a whole item, replacing any item with the same key. */
public final class PutItem implements Handler<PutItemInput, PutItemOutput> {
    private final Tables tables;
    private final ItemStore items;

    public PutItem(Tables tables, ItemStore items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public PutItemOutput handle(PutItemInput request, RequestContext context) {
        ConditionParameters parameters = parameters(request);
        ItemAction put = new PutAction(request.item(), parameters.guard(context.faults(), "Item"));
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            Change change = items.write(context.caller(), put.on(use.table()).under(() -> RequestTerms.of(request)));
            return PutItemOutput.builder()
                    .attributes(parameters.returnsOld() ? change.before() : Optional.empty())
                    .consumedCapacity(Capacities.of(change, request.returnConsumedCapacity()))
                    .itemCollectionMetrics(
                            CollectionMetrics.of(change, request.item(), request.returnItemCollectionMetrics()))
                    .build();
        }
    }

    private static ConditionParameters parameters(PutItemInput request) {
        return new ConditionParameters(
                request.returnValues(),
                request.conditionExpression(),
                request.expected(),
                request.conditionalOperator(),
                request.returnValuesOnConditionCheckFailure(),
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues()));
    }
}
