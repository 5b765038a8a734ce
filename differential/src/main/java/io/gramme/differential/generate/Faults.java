package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A fault in a request about items. A fault need not make the request invalid. */
final class Faults {
    private final Luck luck;
    private final Values values;
    private final ExpressionFaults expressions;
    private final ValueFaults badValues;

    Faults(Luck luck, Values values) {
        this.luck = luck;
        this.values = values;
        this.expressions = new ExpressionFaults(luck);
        this.badValues = new ValueFaults(luck, values);
    }

    /** @param table any table of the game, for faults that need one */
    void spoil(Move move, TableModel table) {
        ObjectNode body = move.body();
        switch (luck.below(10)) {
            case 0 -> new StructureFaults(luck).spoil(body);
            case 1, 2 -> spoilParameter(move.operation(), body);
            case 3, 4 -> {
                if (!expressions.spoil(body)) {
                    spoilParameter(move.operation(), body);
                }
            }
            case 5 -> addPlaceholder(body);
            case 6, 7 -> {
                if (!badValues.spoil(body)) {
                    spoilParameter(move.operation(), body);
                }
            }
            case 8 -> spoilKey(body, table);
            default -> mixKinds(body, table);
        }
    }

    private void spoilParameter(String operation, ObjectNode body) {
        switch (luck.below(14)) {
            case 0 -> body.put("ReturnConsumedCapacity", luck.of("BOGUS", "", "total"));
            case 1 -> body.put("ReturnItemCollectionMetrics", luck.of("BOGUS", "size"));
            case 2 -> body.put("ReturnValues", luck.of("BOGUS", "ALL_NEW", "UPDATED_OLD", ""));
            case 3 -> body.put("TableName", luck.of(Tables.MISSING, "", "ab", "bad name!", "x".repeat(256)));
            case 4 -> body.put("IndexName", luck.of("missing-index", "", "ab", "bad name!"));
            case 5 -> body.put("Limit", luck.of(0, -1, 1_000_000));
            case 6 -> body.put("Select", luck.of("BOGUS", "SPECIFIC_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "COUNT"));
            case 7 -> body.put("Segment", luck.of(-1, 0, 5, 1_000_000));
            case 8 -> body.put("TotalSegments", luck.of(0, 1, 5, 1_000_001));
            case 9 -> body.put("ConsistentRead", true);
            case 10 -> body.put("ConditionalOperator", luck.of("AND", "OR", "XOR"));
            case 11 -> body.put("ReturnValuesOnConditionCheckFailure", luck.of("ALL_OLD", "ALL_NEW", "BOGUS"));
            case 12 -> spoilStartKey(operation, body);
            default -> {
                if (!body.isEmpty()) {
                    body.remove(luck.of(List.copyOf(body.propertyNames())));
                }
            }
        }
    }

    private void spoilStartKey(String operation, ObjectNode body) {
        if (!operation.equals("Query") && !operation.equals("Scan")) {
            return;
        }
        ObjectNode start = body.putObject("ExclusiveStartKey");
        int attributes = luck.below(4);
        for (int i = 0; i < attributes; i++) {
            start.set(luck.of("pk", "sk", "k0", "k1", "at0"), values.any(0));
        }
    }

    private void addPlaceholder(ObjectNode body) {
        switch (luck.below(8)) {
            case 0 -> member(body, "ExpressionAttributeNames").put("#unused", "at0");
            case 1 -> member(body, "ExpressionAttributeValues").set(":unused", values.any(1));
            case 2 -> body.putObject("ExpressionAttributeNames");
            case 3 -> body.putObject("ExpressionAttributeValues");
            case 4 ->
                member(body, "ExpressionAttributeNames")
                        .put(luck.of("n", "#", "#a b", "", "#" + "n".repeat(255)), "at0");
            case 5 ->
                member(body, "ExpressionAttributeValues")
                        .set(luck.of("v", ":", ":a b", "", ":" + "v".repeat(255)), values.any(1));
            case 6 ->
                first(body, "ExpressionAttributeNames")
                        .ifPresent(names ->
                                names.put(names.propertyNames().iterator().next(), ""));
            default ->
                first(body, luck.of("ExpressionAttributeNames", "ExpressionAttributeValues"))
                        .ifPresent(
                                map -> map.remove(map.propertyNames().iterator().next()));
        }
    }

    private static ObjectNode member(ObjectNode body, String name) {
        return body.get(name) instanceof ObjectNode object ? object : body.putObject(name);
    }

    private static Optional<ObjectNode> first(ObjectNode body, String name) {
        return body.get(name) instanceof ObjectNode object && !object.isEmpty()
                ? Optional.of(object)
                : Optional.empty();
    }

    /** Spoils the key in a Key, an Item or a start key. */
    private void spoilKey(ObjectNode body, TableModel table) {
        var keys = new ArrayList<ObjectNode>();
        for (String member : List.of("Key", "Item", "ExclusiveStartKey")) {
            first(body, member).ifPresent(keys::add);
        }
        body.path("RequestItems").forEach(requests -> {
            requests.path("Keys").forEach(key -> addIfObject(key, keys));
            requests.forEach(write -> {
                addIfObject(write.path("PutRequest").path("Item"), keys);
                addIfObject(write.path("DeleteRequest").path("Key"), keys);
            });
        });
        if (keys.isEmpty()) {
            return;
        }
        ObjectNode key = luck.of(keys);
        String attribute = luck.of(List.copyOf(key.propertyNames()));
        if (luck.chance(50)) {
            attribute = luck.of(table.key()).name();
        }
        switch (luck.below(6)) {
            case 0 -> key.remove(attribute);
            case 1 -> key.set(luck.of("extra", "at0", "sk"), values.any(1));
            case 2 -> key.set(attribute, Json.object(luck.of("S", "B"), ""));
            case 3 -> key.set(attribute, Json.object("S", "x".repeat(luck.of(1024, 1025, 2048, 2049))));
            default -> key.set(attribute, values.any(1));
        }
    }

    private static void addIfObject(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            objects.add(object);
        }
    }

    /** Adds a parameter of the other kind, or one that does not belong to the operation. */
    private void mixKinds(ObjectNode body, TableModel table) {
        ObjectNode condition = Json.object("ComparisonOperator", luck.of("EQ", "NULL", "BOGUS", "BETWEEN"));
        condition.set("AttributeValueList", Json.array().add(values.any(0)));
        switch (luck.below(9)) {
            case 0 -> body.putArray("AttributesToGet").add("at0");
            case 1 -> body.put("ProjectionExpression", luck.of("at0", "at0, at1", "at0, at0.x", "pk[0]"));
            case 2 -> body.set("Expected", Json.object("at0", condition));
            case 3 -> body.set("QueryFilter", Json.object(luck.of("at0", "pk"), condition));
            case 4 -> body.set("ScanFilter", Json.object("at0", condition));
            case 5 -> body.set("KeyConditions", Json.object(table.hash().name(), condition));
            case 6 -> body.put("FilterExpression", luck.of("attribute_exists(at0)", "attribute_exists(pk)"));
            case 7 -> {
                ArrayNode names = body.putArray("AttributesToGet");
                luck.some(List.of("at0", "at0", "at1", ""), luck.below(3)).forEach(names::add);
            }
            default -> body.put("ConditionExpression", "attribute_not_exists(at0)");
        }
    }
}
