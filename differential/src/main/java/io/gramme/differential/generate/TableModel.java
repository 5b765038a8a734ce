package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The model of a table for the generator of requests: its keys and its indexes. */
public record TableModel(
        String name, KeyAttribute hash, Optional<KeyAttribute> range, List<IndexModel> indexes, boolean provisioned) {

    public TableModel {
        indexes = List.copyOf(indexes);
    }

    /** @param type S, N or B */
    public record KeyAttribute(String name, String type) {}

    /** @param projection KEYS_ONLY, INCLUDE or ALL */
    public record IndexModel(
            String name,
            boolean local,
            List<KeyAttribute> hash,
            List<KeyAttribute> range,
            String projection,
            List<String> nonKey) {

        public IndexModel {
            hash = List.copyOf(hash);
            range = List.copyOf(range);
            nonKey = List.copyOf(nonKey);
        }

        ObjectNode definition(boolean provisioned) {
            ObjectNode projected = Json.object("ProjectionType", projection);
            if (!nonKey.isEmpty()) {
                nonKey.forEach(projected.putArray("NonKeyAttributes")::add);
            }
            ObjectNode definition = Json.object("IndexName", name);
            definition.set("KeySchema", schema(hash, range));
            definition.set("Projection", projected);
            if (!local && provisioned) {
                definition.set("ProvisionedThroughput", throughput());
            }
            return definition;
        }
    }

    public List<KeyAttribute> key() {
        return Stream.concat(Stream.of(hash), range.stream()).toList();
    }

    /** The key attributes of the table and of all its indexes, each once. */
    List<KeyAttribute> keyAttributes() {
        var all = new LinkedHashMap<String, KeyAttribute>();
        key().forEach(attribute -> all.put(attribute.name(), attribute));
        for (IndexModel index : indexes) {
            Stream.concat(index.hash().stream(), index.range().stream())
                    .forEach(attribute -> all.put(attribute.name(), attribute));
        }
        return List.copyOf(all.values());
    }

    /** The attributes of an ExclusiveStartKey of the table or of an index. */
    List<KeyAttribute> position(Optional<IndexModel> index) {
        var all = new LinkedHashMap<String, KeyAttribute>();
        index.ifPresent(given -> Stream.concat(given.hash().stream(), given.range().stream())
                .forEach(attribute -> all.put(attribute.name(), attribute)));
        key().forEach(attribute -> all.put(attribute.name(), attribute));
        return List.copyOf(all.values());
    }

    /** The request that creates the table. */
    public ObjectNode definition() {
        ObjectNode request = Json.object("TableName", name);
        ArrayNode attributes = request.putArray("AttributeDefinitions");
        keyAttributes()
                .forEach(attribute -> attributes
                        .addObject()
                        .put("AttributeName", attribute.name())
                        .put("AttributeType", attribute.type()));
        request.set("KeySchema", schema(List.of(hash), range.stream().toList()));
        if (provisioned) {
            request.set("ProvisionedThroughput", throughput());
        } else {
            request.put("BillingMode", "PAY_PER_REQUEST");
        }
        Map<Boolean, List<ObjectNode>> definitions = new LinkedHashMap<>();
        indexes.forEach(index -> definitions
                .computeIfAbsent(index.local(), _ -> new ArrayList<>())
                .add(index.definition(provisioned)));
        definitions.forEach((local, some) ->
                some.forEach(request.putArray(local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes")::add));
        return request;
    }

    static ArrayNode schema(List<KeyAttribute> hash, List<KeyAttribute> range) {
        ArrayNode schema = Json.array();
        hash.forEach(attribute ->
                schema.addObject().put("AttributeName", attribute.name()).put("KeyType", "HASH"));
        range.forEach(attribute ->
                schema.addObject().put("AttributeName", attribute.name()).put("KeyType", "RANGE"));
        return schema;
    }

    static ObjectNode throughput() {
        return Json.object().put("ReadCapacityUnits", 5).put("WriteCapacityUnits", 5);
    }
}
