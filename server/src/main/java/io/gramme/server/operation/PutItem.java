package io.gramme.server.operation;

import io.gramme.api.PutItemInput;
import io.gramme.api.PutItemOutput;
import io.gramme.core.error.Errors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.server.capacity.Consumption;
import io.gramme.server.item.Change;
import io.gramme.server.item.ItemWrite;
import io.gramme.server.item.Items;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableUse;
import io.gramme.server.table.Tables;
import java.util.Optional;

/** PutItem: writes a whole item, replacing any item with the same key. */
public final class PutItem implements Handler<PutItemInput, PutItemOutput> {
    private final Tables tables;
    private final Items items;

    public PutItem(Tables tables, Items items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public PutItemOutput handle(PutItemInput request, RequestContext context) {
        ConditionParameters parameters = parameters(request);
        Optional<Condition> condition = parameters.bind(context.faults());
        try (TableUse use = tables.use(context.world(), request.tableName())) {
            condition.ifPresent(c -> KeyPaths.requireScalar(use.table(), c.paths()));
            requirePuttable(use.table(), request.item());
            Change change = items.write(new ItemWrite(use.table(), request.item(), before -> {
                Conditions.require(condition, before, request.returnValuesOnConditionCheckFailure());
                return Optional.of(request.item());
            }));
            return PutItemOutput.builder()
                    .attributes(parameters.returnsOld() ? change.before() : Optional.empty())
                    .consumedCapacity(Capacities.of(
                            new Consumption(use.table()).addWrite(change), request.returnConsumedCapacity()))
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
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues()));
    }

    /** Checks an item against the table it is put into: its key, the keys it has in indexes, its size. */
    static void requirePuttable(Table table, Item item) {
        KeyRules.requireKeyIn(table.key(), item);
        for (SecondaryIndex index : table.indexes()) {
            if (index.isMaintained()) {
                KeyRules.requireIndexKeysIn(index.index(), item);
            }
        }
        if (ItemSize.of(item) > ItemSize.MAX_ITEM) {
            throw Errors.itemTooLarge();
        }
    }
}
