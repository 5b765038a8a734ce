package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Values as a person reads them: as JSON without types, where sets are lists and binary values Base64. */
final class PlainValue {
    private PlainValue() {}

    static String of(Item item) {
        return item.attributes().entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + of(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String of(Value value) {
        return switch (value) {
            case Value.S(String text) -> quoted(text);
            case Value.N(var number) -> number.toString();
            case Value.B(var bytes) -> quoted(Base64.getEncoder().encodeToString(bytes.toArray()));
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Null _ -> "null";
            case Value.L list ->
                listed(list.elements().stream().map(PlainValue::of).toList());
            case Value.M map -> of(Item.of(map.entries()));
            case Value.SS set ->
                listed(set.members().stream().map(PlainValue::quoted).toList());
            case Value.NS set ->
                listed(set.members().stream().map(Object::toString).toList());
            case Value.BS set ->
                listed(set.members().stream()
                        .map(bytes -> of(new Value.B(bytes)))
                        .toList());
        };
    }

    private static String listed(Collection<String> elements) {
        return elements.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeString(text);
        }
        return bytes.toString(UTF_8);
    }
}
