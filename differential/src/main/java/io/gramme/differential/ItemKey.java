package io.gramme.differential;

import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An item that a write names. */
record ItemKey(String table, ObjectNode key) {

    Request request(String operation) {
        return Request.of(operation, Json.object("TableName", table).set("Key", key));
    }

    /** Every item that a write names, as far as its key is there. */
    static List<ItemKey> of(Move write, List<TableModel> tables) {
        var keys = new ArrayList<ItemKey>();
        JsonNode body = write.body();
        for (TableModel table : tables) {
            if (body.path("TableName").asString("").equals(table.name())) {
                keyIn(body.path("Key"), table).ifPresent(keys::add);
                keyIn(body.path("Item"), table).ifPresent(keys::add);
            }
            body.path("RequestItems").path(table.name()).forEach(request -> {
                keyIn(request.path("PutRequest").path("Item"), table).ifPresent(keys::add);
                keyIn(request.path("DeleteRequest").path("Key"), table).ifPresent(keys::add);
            });
        }
        return keys;
    }

    private static Optional<ItemKey> keyIn(JsonNode item, TableModel table) {
        ObjectNode key = Json.object();
        table.key().forEach(attribute -> key.set(attribute.name(), text(item.path(attribute.name()))));
        boolean whole =
                key.propertyStream().noneMatch(member -> member.getValue().isMissingNode());
        return whole ? Optional.of(new ItemKey(table.name(), key)) : Optional.empty();
    }

    /** A value with its content as a string, as which DynamoDB Local understands whatever is there. */
    private static JsonNode text(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        ObjectNode texts = Json.object();
        value.propertyStream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        return texts;
    }
}
