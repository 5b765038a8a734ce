package io.gramme.differential;

import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table and key of an item that a write names. */
record ItemKey(String table, ObjectNode key) {
    private static final Pattern ZERO = Pattern.compile("[+-]?[0.]+([eE].*)?");

    /** The request that reads the item. */
    Request get() {
        ObjectNode request = Json.object("TableName", table).put("ConsistentRead", true);
        return Request.of("GetItem", request.set("Key", key));
    }

    Request delete() {
        ObjectNode request = Json.object("TableName", table);
        return Request.of("DeleteItem", request.set("Key", key));
    }

    /** Every item that a write names with its whole key. */
    static List<ItemKey> of(Move write, List<TableModel> tables) {
        var keys = new ArrayList<ItemKey>();
        JsonNode body = write.body();
        write.items()
                .forEach(item ->
                        keys.add(new ItemKey(item.path("TableName").asString(), (ObjectNode) item.path("Key"))));
        for (TableModel table : tables) {
            if (body.path("TableName").asString("").equals(table.name())) {
                keyIn(body.path("Key"), table).ifPresent(keys::add);
                keyIn(body.path("Item"), table).ifPresent(keys::add);
            }
            body.path("TransactItems")
                    .forEach(action -> action.forEach(one -> {
                        if (one.path("TableName").asString("").equals(table.name())) {
                            keyIn(one.path("Key"), table).ifPresent(keys::add);
                            keyIn(one.path("Item"), table).ifPresent(keys::add);
                        }
                    }));
            body.path("RequestItems").path(table.name()).forEach(request -> {
                keyIn(request.path("PutRequest").path("Item"), table).ifPresent(keys::add);
                keyIn(request.path("DeleteRequest").path("Key"), table).ifPresent(keys::add);
            });
        }
        return keys;
    }

    private static Optional<ItemKey> keyIn(JsonNode item, TableModel table) {
        ObjectNode key = Json.object();
        table.key().forEach(attribute -> key.set(attribute.name(), plain(item.path(attribute.name()))));
        boolean whole =
                key.propertyStream().noneMatch(member -> member.getValue().isMissingNode());
        return whole ? Optional.of(new ItemKey(table.name(), key)) : Optional.empty();
    }

    /** A value in a plain form, which a server accepts that has accepted it in another form. */
    private static JsonNode plain(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        ObjectNode plain = Json.object();
        value.propertyStream().filter(member -> !member.getValue().isNull()).forEach(member -> {
            String text = member.getValue().asString("");
            boolean isZero = member.getKey().equals("N") && ZERO.matcher(text).matches();
            plain.put(member.getKey(), isZero ? "0" : text);
        });
        return plain;
    }
}
