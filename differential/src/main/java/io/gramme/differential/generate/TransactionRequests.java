package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random transactions; their actions are made from single requests. */
final class TransactionRequests {
    private static final Set<String> OF_ACTIONS = Set.of(
            "TableName",
            "Item",
            "Key",
            "ConditionExpression",
            "UpdateExpression",
            "ProjectionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValuesOnConditionCheckFailure");

    private final Luck luck;
    private final ItemRequests items;
    private final Faults faults;

    TransactionRequests(Luck luck, ItemRequests items, Faults faults) {
        this.luck = luck;
        this.items = items;
        this.faults = faults;
    }

    /** @param spoils whether to spoil one of the actions */
    Move write(List<TableModel> tables, boolean spoils) {
        ArrayNode actions = Json.array();
        var named = new HashSet<String>();
        for (int i = luck.between(1, 4); i > 0; i--) {
            TableModel table = luck.of(tables);
            Move single = single(table);
            boolean another = named.add(table.name() + keyOf(single, table));
            if (another || luck.chance(5)) {
                if (spoils && luck.chance(50)) {
                    faults.spoil(single, table);
                }
                actions.add(Json.object(action(single), single.body().retain(OF_ACTIONS)));
            }
        }
        ObjectNode request = Json.object("TransactItems", actions);
        items.capacity(request);
        items.metrics(request);
        return new Move("TransactWriteItems", request);
    }

    private Move single(TableModel table) {
        Move move = switch (luck.below(4)) {
            case 0 -> items.put(table);
            case 1 -> items.delete(table);
            default -> items.update(table);
        };
        boolean isWhole = !move.operation().equals("UpdateItem") || move.body().has("UpdateExpression");
        return isWhole ? move : items.delete(table);
    }

    private static String keyOf(Move single, TableModel table) {
        ObjectNode key = Json.object();
        var item = single.body().path(single.operation().equals("PutItem") ? "Item" : "Key");
        table.key().forEach(attribute -> key.set(attribute.name(), item.path(attribute.name())));
        return Json.write(key);
    }

    private String action(Move single) {
        return switch (single.operation()) {
            case "PutItem" -> "Put";
            case "UpdateItem" -> "Update";
            default -> single.body().has("ConditionExpression") && luck.chance(50) ? "ConditionCheck" : "Delete";
        };
    }

    Move get(List<TableModel> tables, boolean spoils) {
        ArrayNode actions = Json.array();
        for (int i = luck.between(1, 4); i > 0; i--) {
            TableModel table = luck.of(tables);
            Move single = items.get(table);
            if (spoils && luck.chance(50)) {
                faults.spoil(single, table);
            }
            actions.add(Json.object("Get", single.body().retain(OF_ACTIONS)));
        }
        ObjectNode request = Json.object("TransactItems", actions);
        items.capacity(request);
        return new Move("TransactGetItems", request);
    }
}
