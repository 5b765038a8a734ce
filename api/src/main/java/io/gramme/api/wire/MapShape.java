package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/** The shape of a map, in the order of the document. */
final class MapShape<T> extends Shape<Map<String, T>> {
    /** Enough for every character that an echo shows. */
    private static final int MAX_SHOWN_BYTES = 4 * Echo.MAX_LENGTH;

    private final TextShape key;
    private final Shape<T> value;
    private final Bounds size;

    MapShape(Shape<String> key, Shape<T> value, Bounds size) {
        this.key = (TextShape) key;
        this.value = value;
        this.size = size;
    }

    @Override
    @Nullable Map<String, T> read(Reading in) {
        in.requireStructure();
        var entries = new LinkedHashMap<String, @Nullable T>();
        boolean keysAllowed = true;
        in.beginCollection();
        for (String name = in.json.nextName(); name != null; name = in.json.nextName()) {
            keysAllowed &= key.allows(name);
            in.enterEntry(name, entries.size());
            if (entries.containsKey(name)) {
                in.forget(); // The last of several entries of one name counts.
            }
            in.json.nextToken();
            T next = readValue(in);
            in.leave();
            entries.put(name, next);
        }
        if (!size.hold(entries.size())) {
            in.broken(size.brokenByLength(entries.size()).orElseThrow(), shown(entries));
        }
        if (!keysAllowed) {
            in.brokenParts(RequestErrors.everyKey(key.phrases()), shown(entries));
        }
        if (in.collectionHasBrokenParts()) {
            in.brokenParts(RequestErrors.everyValue(value.phrases()), shown(entries));
        }
        return entries.containsValue(null) ? null : complete(entries);
    }

    /**
     * The echo of a map in an error text: a map of structures as JSON (captured for BatchGetItem), any other as Java
     * writes maps.
     */
    private Object shown(Map<String, @Nullable T> entries) {
        if (!(value instanceof Structure<?>) || entries.containsValue(null)) {
            return entries;
        }
        var json = new CutOutputStream(MAX_SHOWN_BYTES);
        try (JsonGenerator out = Json.generator(json)) {
            write(out, complete(entries));
        }
        return json.text();
    }

    @SuppressWarnings("NullAway") // Called when no value is null.
    private static <T> Map<String, T> complete(Map<String, @Nullable T> entries) {
        return Collections.unmodifiableMap(entries);
    }

    private @Nullable T readValue(Reading in) {
        if (in.json.currentToken() == JsonToken.VALUE_NULL) {
            in.missing();
            return null;
        }
        return value.read(in);
    }

    @Override
    void write(JsonGenerator out, Map<String, T> entries) {
        out.writeStartObject();
        for (var entry : entries.entrySet()) {
            out.writeName(entry.getKey());
            value.write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    @Override
    List<String> phrases() {
        return size.lengthPhrases();
    }
}
