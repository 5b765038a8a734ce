package io.gramme.transfer.export;

import io.gramme.api.wire.Json;
import io.gramme.core.bytes.Bytes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a JSON object without others in it. Every fault is a {@link DamagedExportException}. */
final class FlatJson {
    private final String key;
    private final Map<String, Object> values = new HashMap<>();

    private FlatJson(String key) {
        this.key = key;
    }

    /** @param key of the object in the bucket that has the text */
    static FlatJson parse(String key, Bytes text) {
        try (JsonParser in = Json.parser(text.shared())) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new DamagedExportException(key, "it is no JSON object");
            }
            FlatJson members = members(key, in);
            if (in.nextToken() != null) {
                throw new DamagedExportException(key, "it has more than one JSON object in a line");
            }
            return members;
        } catch (JacksonException e) {
            throw new DamagedExportException(key, "it is not valid JSON: " + e.getOriginalMessage());
        }
    }

    /** The object that the parser is at. */
    static FlatJson members(String key, JsonParser in) {
        var members = new FlatJson(key);
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (in.nextToken()) {
                case VALUE_STRING -> members.values.put(name, in.getString());
                case VALUE_NUMBER_INT -> members.values.put(name, in.getLongValue());
                default -> in.skipChildren();
            }
        }
        return members;
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optional(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Not negative. */
    long number(String name) {
        if (values.get(name) instanceof Long number && number >= 0) {
            return number;
        }
        throw missing(name);
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException _) {
            throw missing(name);
        }
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw missing(name);
    }

    DamagedExportException missing(String name) {
        return new DamagedExportException(key, "its member " + name + " is missing or invalid");
    }
}
