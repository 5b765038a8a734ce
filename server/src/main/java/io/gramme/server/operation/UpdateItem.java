package io.gramme.server.operation;

import io.gramme.api.AttributeValueUpdate;
import io.gramme.api.ReturnValue;
import io.gramme.api.UpdateItemInput;
import io.gramme.api.UpdateItemOutput;
import io.gramme.core.error.Errors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Update;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.core.expression.legacy.LegacyUpdate;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** UpdateItem: changes some attributes of an item, or makes the item if there is none. */
public final class UpdateItem implements Handler<UpdateItemInput, UpdateItemOutput> {
    private final Tables tables;
    private final Items items;

    public UpdateItem(Tables tables, Items items) {
        this.tables = tables;
        this.items = items;
    }

    private record Plan(Optional<Update> update, Optional<Condition> condition) {}

    @Override
    public UpdateItemOutput handle(UpdateItemInput request, RequestContext context) {
        Plan plan = Parameters.announced(() -> plan(request, context));
        try (TableUse use = tables.use(context.world(), request.tableName())) {
            Table table = use.table();
            KeyRules.requireKey(table.key(), request.key());
            plan.update().ifPresent(update -> requireKeyUntouched(table, update));
            plan.update().ifPresent(update -> KeyPaths.requireScalar(table, update.paths()));
            plan.condition().ifPresent(condition -> KeyPaths.requireScalar(table, condition.paths()));
            Change change = items.write(new ItemWrite(table, request.key(), before -> {
                // The condition sees the item as it is stored, without the key that a new item would have.
                Conditions.require(plan.condition(), before, request.returnValuesOnConditionCheckFailure());
                return updated(table, plan.update(), before, request.key());
            }));
            return UpdateItemOutput.builder()
                    .attributes(returned(request.returnValues().orElse(ReturnValue.NONE), plan.update(), change))
                    .consumedCapacity(
                            Capacities.of(new Consumption(table).addWrite(change), request.returnConsumedCapacity()))
                    .itemCollectionMetrics(
                            CollectionMetrics.of(change, request.key(), request.returnItemCollectionMetrics()))
                    .build();
        }
    }

    private static Plan plan(UpdateItemInput request, RequestContext context) {
        var parameters = new Parameters()
                .legacy("AttributeUpdates", request.attributeUpdates())
                .legacy("Expected", request.expected())
                .legacy("ConditionalOperator", request.conditionalOperator())
                .expression("UpdateExpression", request.updateExpression())
                .expression("ConditionExpression", request.conditionExpression());
        parameters.requireOneKind();
        context.faults().raise();
        var placeholders = new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        placeholders.check(parameters.anyExpression());
        Optional<Update> update = request.updateExpression()
                .map(text -> Expressions.update(text, placeholders))
                .or(() -> request.attributeUpdates().map(updates -> Legacy.updates(legacy(updates))));
        Optional<Condition> condition = Conditions.of(
                request.conditionExpression(), request.expected(), request.conditionalOperator(), placeholders);
        placeholders.requireAllUsed();
        return new Plan(update, condition);
    }

    private static Map<String, LegacyUpdate> legacy(Map<String, AttributeValueUpdate> updates) {
        var converted = new LinkedHashMap<String, LegacyUpdate>();
        updates.forEach((name, update) -> converted.put(
                name,
                new LegacyUpdate(
                        update.action().map(LegacyTypes::action).orElse(LegacyUpdate.Action.PUT), update.value())));
        return converted;
    }

    private static void requireKeyUntouched(Table table, Update update) {
        for (String attribute : update.attributes()) {
            if (table.key().attribute(attribute).isPresent()) {
                throw Errors.updatesKey(attribute);
            }
        }
    }

    private static Optional<Item> updated(Table table, Optional<Update> update, Optional<Item> before, Item key) {
        if (update.isEmpty()) {
            return Optional.of(before.orElse(key));
        }
        // Measured: an update that only removes makes no item, while one without any action does.
        if (before.isEmpty() && update.get().onlyRemoves()) {
            return Optional.empty();
        }
        Item after = update.get().apply(before.orElse(key)).item();
        for (SecondaryIndex index : table.indexes()) {
            if (index.isMaintained()) {
                KeyRules.requireIndexKeysAfterUpdate(index.index(), after);
            }
        }
        requireFits(table, update.get(), after);
        return Optional.of(after);
    }

    /** Measured: besides the item itself, the item without its key and with a cost for each action must fit. */
    private static void requireFits(Table table, Update update, Item after) {
        int size = ItemSize.of(after);
        int keys = ItemSize.of(after.only(table.key().names()));
        if (Math.max(size, size - keys + update.gateCost()) > ItemSize.MAX_ITEM) {
            throw Errors.updatedItemTooLarge();
        }
        if (after.attributes().values().stream().anyMatch(value -> ItemSize.depth(value) > ItemSize.MAX_DEPTH)) {
            throw Errors.nestedTooDeep();
        }
    }

    private static Optional<Item> returned(ReturnValue asked, Optional<Update> update, Change change) {
        return switch (asked) {
            case NONE -> Optional.empty();
            case ALL_OLD -> change.before();
            case ALL_NEW -> change.after();
            case UPDATED_OLD -> touched(update, change.before());
            case UPDATED_NEW -> touched(update, change.after());
        };
    }

    private static Optional<Item> touched(Optional<Update> update, Optional<Item> item) {
        return update.flatMap(actions -> item.map(actions::touched)).filter(touched -> !touched.isEmpty());
    }
}
