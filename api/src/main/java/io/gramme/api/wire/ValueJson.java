package io.gramme.api.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes attribute values and items as the wire has them: {@code {"id":{"S":"a"}}}. */
public final class ValueJson {
    private ValueJson() {}

    public static void write(JsonGenerator out, Item item) {
        out.writeStartObject();
        if (!item.visitStored(new StoredItemJson(out))) {
            writeEntries(out, item.attributes());
        }
        out.writeEndObject();
    }

    public static void write(JsonGenerator out, Value value) {
        out.writeStartObject();
        out.writeName(value.type().name());
        switch (value) {
            case Value.S(String text) -> out.writeString(text);
            case Value.N(Decimal number) -> out.writeString(number.toString());
            case Value.B(Bytes bytes) -> Base64Text.write(out, bytes);
            case Value.Bool(boolean flag) -> out.writeBoolean(flag);
            case Value.Null() -> out.writeBoolean(true);
            case Value.SS(List<String> members) -> {
                out.writeStartArray();
                for (String member : members) {
                    out.writeString(member);
                }
                out.writeEndArray();
            }
            case Value.NS(List<Decimal> members) -> {
                out.writeStartArray();
                for (Decimal member : members) {
                    out.writeString(member.toString());
                }
                out.writeEndArray();
            }
            case Value.BS(List<Bytes> members) -> {
                out.writeStartArray();
                for (Bytes member : members) {
                    Base64Text.write(out, member);
                }
                out.writeEndArray();
            }
            case Value.L(List<Value> elements) -> {
                out.writeStartArray();
                for (Value element : elements) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case Value.M(Map<String, Value> entries) -> {
                out.writeStartObject();
                writeEntries(out, entries);
                out.writeEndObject();
            }
        }
        out.writeEndObject();
    }

    private static void writeEntries(JsonGenerator out, Map<String, Value> entries) {
        for (var entry : entries.entrySet()) {
            out.writeName(entry.getKey());
            write(out, entry.getValue());
        }
    }
}
