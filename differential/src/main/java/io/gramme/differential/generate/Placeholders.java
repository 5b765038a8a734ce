package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The expression attribute names and values of one request. */
final class Placeholders {
    private final Luck luck;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final ObjectNode values = Json.object();

    Placeholders(Luck luck) {
        this.luck = luck;
    }

    /** The name of an attribute for an expression: as it is, or as a placeholder {@code #n0}. */
    String name(String attribute) {
        if (luck.chance(65)) {
            return attribute;
        }
        for (Map.Entry<String, String> entry : names.entrySet()) {
            if (entry.getValue().equals(attribute)) {
                return entry.getKey();
            }
        }
        String alias = "#n" + names.size();
        names.put(alias, attribute);
        return alias;
    }

    String value(ObjectNode value) {
        String alias = ":v" + values.size();
        values.set(alias, value);
        return alias;
    }

    void addTo(ObjectNode request) {
        if (!names.isEmpty()) {
            ObjectNode given = request.putObject("ExpressionAttributeNames");
            names.forEach(given::put);
        }
        if (!values.isEmpty()) {
            request.set("ExpressionAttributeValues", values);
        }
    }
}
