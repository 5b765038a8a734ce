package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A fault in a request about a table. A fault need not make the request invalid. */
final class TableFaults {
    private final Luck luck;

    TableFaults(Luck luck) {
        this.luck = luck;
    }

    void spoil(Move move) {
        ObjectNode body = move.body();
        switch (luck.below(6)) {
            case 0 -> new StructureFaults(luck).spoil(body);
            case 1, 2, 3 -> {
                if (move.operation().equals("CreateTable")) {
                    spoilSchema(body);
                } else {
                    spoilSetting(body);
                }
            }
            default -> spoilSetting(body);
        }
    }

    private void spoilSchema(ObjectNode body) {
        ArrayNode keys = array(body, "KeySchema");
        ArrayNode attributes = array(body, "AttributeDefinitions");
        switch (luck.below(14)) {
            case 0 -> attributes.addObject().put("AttributeName", "unused").put("AttributeType", "S");
            case 1 -> attributes.remove(luck.below(Math.max(1, attributes.size())));
            case 2 -> attributes.add(attributes.path(0).deepCopy());
            case 3 -> keys.addObject().put("AttributeName", "pk").put("KeyType", luck.of("HASH", "RANGE"));
            case 4 -> keys.addObject().put("AttributeName", "k0").put("KeyType", luck.of("HASH", "RANGE", "BOTH"));
            case 5 -> keys.remove(0);
            case 6 -> set(keys.path(0), "KeyType", luck.of("RANGE", "hash", ""));
            case 7 -> set(attributes.path(0), "AttributeType", luck.of("SS", "BOOL", "s", ""));
            case 8 -> set(attributes.path(0), "AttributeName", luck.of("", "other", "x".repeat(256)));
            case 9 -> repeatIndex(body, "GlobalSecondaryIndexes");
            case 10 -> repeatIndex(body, "LocalSecondaryIndexes");
            case 11 -> spoilIndex(body, "GlobalSecondaryIndexes");
            case 12 -> spoilIndex(body, "LocalSecondaryIndexes");
            default -> body.putArray(luck.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes"));
        }
    }

    private static ArrayNode array(ObjectNode body, String name) {
        return body.get(name) instanceof ArrayNode array ? array : Json.array();
    }

    private static void set(JsonNode object, String member, String text) {
        if (object instanceof ObjectNode node) {
            node.put(member, text);
        }
    }

    private void repeatIndex(ObjectNode body, String list) {
        ArrayNode indexes = array(body, list);
        if (indexes.isEmpty()) {
            return;
        }
        boolean renamed = luck.chance(70);
        int copies = renamed ? luck.of(4, 5, 20) : 1;
        for (int i = 0; i < copies; i++) {
            JsonNode copy = indexes.path(0).deepCopy();
            if (renamed) {
                set(copy, "IndexName", "copy" + i);
            }
            indexes.add(copy);
        }
    }

    private void spoilIndex(ObjectNode body, String list) {
        if (!(array(body, list).path(0) instanceof ObjectNode index)) {
            return;
        }
        switch (luck.below(8)) {
            case 0 -> index.put("IndexName", luck.of("", "ab", "bad name!", "x".repeat(256), "gsi1"));
            case 1 -> index.set("Projection", Json.object());
            case 2 -> index.set("Projection", Json.object("ProjectionType", luck.of("INCLUDE", "BOGUS", "")));
            case 3 -> {
                ObjectNode projection = Json.object("ProjectionType", luck.of("ALL", "KEYS_ONLY", "INCLUDE"));
                luck.some(List.of("at0", "at1", "pk", "at0"), luck.below(4))
                        .forEach(projection.putArray("NonKeyAttributes")::add);
                index.set("Projection", projection);
            }
            case 4 -> array(index, "KeySchema").remove(0);
            case 5 -> set(array(index, "KeySchema").path(0), "AttributeName", luck.of("undefined", "pk", "sk"));
            case 6 ->
                array(index, "KeySchema")
                        .addObject()
                        .put("AttributeName", "sk")
                        .put("KeyType", luck.of("HASH", "RANGE"));
            default -> index.remove(luck.of("Projection", "KeySchema", "IndexName"));
        }
    }

    private void spoilSetting(ObjectNode body) {
        switch (luck.below(14)) {
            case 0 -> body.put("TableName", luck.of(Tables.MISSING, "", "ab", "bad name!", "x".repeat(256)));
            case 1 -> body.put("BillingMode", luck.of("BOGUS", "PROVISIONED", "PAY_PER_REQUEST"));
            case 2 -> body.set("ProvisionedThroughput", units(luck.of(0, -1, 1, 40_001)));
            case 3 -> body.set("ProvisionedThroughput", Json.object().put("ReadCapacityUnits", 1));
            case 4 -> body.remove("ProvisionedThroughput");
            case 5 -> body.set("StreamSpecification", Json.object().put("StreamEnabled", true));
            case 6 ->
                body.set(
                        "StreamSpecification",
                        Json.object().put("StreamEnabled", false).put("StreamViewType", "KEYS_ONLY"));
            case 7 ->
                body.set(
                        "StreamSpecification",
                        Json.object().put("StreamEnabled", true).put("StreamViewType", luck.of("BOGUS", "")));
            case 8 -> body.put("TableClass", luck.of("BOGUS", ""));
            case 9 -> body.put("Limit", luck.of(0, -1, 101));
            case 10 -> body.put("ExclusiveStartTableName", luck.of("", "ab", "zz", "bad name!"));
            case 11 -> body.put("ResourceArn", luck.of("", "x", Tables.arn(Tables.MISSING)));
            case 12 -> body.set("OnDemandThroughput", Json.object().put("MaxReadRequestUnits", luck.of(0, -1, 1)));
            default -> body.remove(luck.of("TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "TagKeys"));
        }
    }

    private static ObjectNode units(int units) {
        return Json.object().put("ReadCapacityUnits", units).put("WriteCapacityUnits", 1);
    }
}
