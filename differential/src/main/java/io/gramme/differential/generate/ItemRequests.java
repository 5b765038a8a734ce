package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random requests for one item, and for batches of them. */
final class ItemRequests {
    private final Luck luck;
    private final Values values;
    private final LegacyParameters legacy;

    ItemRequests(Luck luck, Values values) {
        this.luck = luck;
        this.values = values;
        this.legacy = new LegacyParameters(luck, values);
    }

    /** The attributes for conditions and projections: mostly not keys. */
    static List<String> attributes(TableModel table) {
        return Stream.concat(
                        Values.ATTRIBUTES.stream(),
                        table.keyAttributes().stream().map(KeyAttribute::name))
                .toList();
    }

    private Expressions expressions(TableModel table, Placeholders placeholders) {
        return new Expressions(luck, values, placeholders, attributes(table));
    }

    Move get(TableModel table) {
        ObjectNode request = Json.object("TableName", table.name());
        request.set("Key", values.key(table));
        consistency(request);
        project(table, request);
        capacity(request);
        return new Move("GetItem", request);
    }

    private void consistency(ObjectNode request) {
        if (luck.chance(30)) {
            request.put("ConsistentRead", luck.chance(70));
        }
    }

    private void project(TableModel table, ObjectNode request) {
        if (luck.chance(40)) {
            var placeholders = new Placeholders(luck);
            request.put("ProjectionExpression", expressions(table, placeholders).projection(attributes(table)));
            placeholders.addTo(request);
        } else if (luck.chance(12)) {
            luck.some(attributes(table), luck.between(1, 3)).forEach(request.putArray("AttributesToGet")::add);
        }
    }

    void capacity(ObjectNode request) {
        if (luck.chance(35)) {
            request.put("ReturnConsumedCapacity", luck.of("TOTAL", "INDEXES", "INDEXES", "NONE"));
        }
    }

    void metrics(ObjectNode request) {
        if (luck.chance(15)) {
            request.put("ReturnItemCollectionMetrics", luck.of("SIZE", "SIZE", "NONE"));
        }
    }

    Move put(TableModel table) {
        ObjectNode request = Json.object("TableName", table.name());
        request.set("Item", values.item(table));
        condition(table, request);
        if (luck.chance(40)) {
            request.put("ReturnValues", luck.of("ALL_OLD", "ALL_OLD", "NONE"));
        }
        capacity(request);
        metrics(request);
        return new Move("PutItem", request);
    }

    Move delete(TableModel table) {
        ObjectNode request = Json.object("TableName", table.name());
        request.set("Key", values.key(table));
        condition(table, request);
        if (luck.chance(40)) {
            request.put("ReturnValues", luck.of("ALL_OLD", "ALL_OLD", "NONE"));
        }
        capacity(request);
        metrics(request);
        return new Move("DeleteItem", request);
    }

    private void condition(TableModel table, ObjectNode request) {
        if (luck.chance(35)) {
            var placeholders = new Placeholders(luck);
            request.put("ConditionExpression", expressions(table, placeholders).condition(luck.below(3)));
            placeholders.addTo(request);
            returnOnFailure(request);
        } else if (luck.chance(15)) {
            legacy.expect(attributes(table), request);
            returnOnFailure(request);
        }
    }

    private void returnOnFailure(ObjectNode request) {
        if (luck.chance(30)) {
            request.put("ReturnValuesOnConditionCheckFailure", luck.of("ALL_OLD", "NONE"));
        }
    }

    Move update(TableModel table) {
        ObjectNode request = Json.object("TableName", table.name());
        request.set("Key", values.key(table));
        if (luck.chance(85)) {
            updateByExpression(table, request);
        } else if (luck.chance(90)) {
            legacy.update(updatable(table), request);
            if (luck.chance(30)) {
                legacy.expect(attributes(table), request);
                returnOnFailure(request);
            }
        }
        if (luck.chance(60)) {
            request.put("ReturnValues", luck.of("ALL_OLD", "ALL_NEW", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW", "NONE"));
        }
        capacity(request);
        metrics(request);
        return new Move("UpdateItem", request);
    }

    private void updateByExpression(TableModel table, ObjectNode request) {
        var placeholders = new Placeholders(luck);
        Expressions expressions = expressions(table, placeholders);
        var updates = new Updates(luck, values, placeholders, expressions);
        request.put("UpdateExpression", updates.update(updatable(table)));
        if (luck.chance(25)) {
            request.put("ConditionExpression", expressions.condition(luck.below(3)));
            returnOnFailure(request);
        }
        placeholders.addTo(request);
    }

    /** The attributes that an update may change: rarely a key of the table, sometimes a key of an index. */
    private List<String> updatable(TableModel table) {
        if (luck.chance(3)) {
            return attributes(table);
        }
        if (luck.chance(85)) {
            return Values.ATTRIBUTES;
        }
        return attributes(table).stream()
                .filter(name -> table.key().stream().noneMatch(key -> key.name().equals(name)))
                .toList();
    }

    Move batchGet(List<TableModel> tables) {
        ObjectNode items = Json.object();
        for (TableModel table : luck.some(tables, luck.between(1, 2))) {
            ObjectNode read = items.putObject(table.name());
            ArrayNode keys = read.putArray("Keys");
            distinct(table, luck.between(1, 6)).forEach(keys::add);
            consistency(read);
            project(table, read);
        }
        ObjectNode request = Json.object("RequestItems", items);
        capacity(request);
        return new Move("BatchGetItem", request);
    }

    /** Keys that are mostly of different items. */
    private List<ObjectNode> distinct(TableModel table, int count) {
        var keys = Stream.generate(() -> values.key(table)).limit(count);
        return luck.chance(97) ? keys.distinct().toList() : keys.toList();
    }

    Move batchWrite(List<TableModel> tables) {
        ObjectNode items = Json.object();
        for (TableModel table : luck.some(tables, luck.between(1, 2))) {
            ArrayNode writes = items.putArray(table.name());
            for (ObjectNode key : distinct(table, luck.between(1, 5))) {
                writes.add(luck.chance(75) ? write(table, key) : Json.object("DeleteRequest", Json.object("Key", key)));
            }
        }
        ObjectNode request = Json.object("RequestItems", items);
        capacity(request);
        metrics(request);
        return new Move("BatchWriteItem", request);
    }

    private ObjectNode write(TableModel table, ObjectNode key) {
        ObjectNode item = values.item(table);
        item.setAll(key);
        return Json.object("PutRequest", Json.object("Item", item));
    }
}
