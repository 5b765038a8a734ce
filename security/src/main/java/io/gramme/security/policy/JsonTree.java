package io.gramme.security.policy;

import io.gramme.api.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON in memory, as deep and as large as policies can be. A member that is given twice is refused. */
sealed interface JsonTree {
    /** A condition's value lies in the sixth level. */
    int MAX_DEPTH = 10;

    record Text(String text) implements JsonTree {}

    /** A number or a boolean, which conditions may write without quotes. */
    record Bare(String text) implements JsonTree {}

    record Array(List<JsonTree> elements) implements JsonTree {}

    record Members(Map<String, JsonTree> members) implements JsonTree {
        Optional<JsonTree> find(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    /** @throws InvalidPolicyException if it is not one JSON value of this kind */
    static JsonTree parse(String text) {
        try (JsonParser json = Json.parser(text.getBytes(StandardCharsets.UTF_8))) {
            JsonTree tree = value(json, json.nextToken(), 0);
            if (json.nextToken() != null) {
                throw InvalidPolicyException.syntax();
            }
            return tree;
        } catch (JacksonException _) {
            throw InvalidPolicyException.syntax();
        }
    }

    private static JsonTree value(JsonParser json, @Nullable JsonToken token, int depth) {
        if (token == null || depth > MAX_DEPTH) {
            throw InvalidPolicyException.syntax();
        }
        return switch (token) {
            case VALUE_STRING -> new Text(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> new Bare(json.getString());
            case START_ARRAY -> array(json, depth);
            case START_OBJECT -> members(json, depth);
            default -> throw InvalidPolicyException.syntax();
        };
    }

    private static JsonTree array(JsonParser json, int depth) {
        List<JsonTree> elements = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            elements.add(value(json, token, depth + 1));
        }
        return new Array(elements);
    }

    private static JsonTree members(JsonParser json, int depth) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
            String name = json.currentName();
            if (members.put(name, value(json, json.nextToken(), depth + 1)) != null) {
                throw InvalidPolicyException.syntax();
            }
        }
        return new Members(members);
    }
}
