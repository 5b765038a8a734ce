package io.gramme.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.item.Decimal;
import io.gramme.core.item.ItemVisitor;
import io.gramme.core.item.Value;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;

/** Writes the same JSON as {@link ValueJson}, from the stored form of an item: text goes from UTF-8 to UTF-8. */
final class StoredItemJson implements ItemVisitor {
    private final JsonGenerator out;

    /** Whether the next value is a member of a set, where only the set has a type. */
    private boolean inSet;

    StoredItemJson(JsonGenerator out) {
        this.out = out;
    }

    @Override
    public void name(byte[] content, int from, int length) {
        out.writeName(new String(content, from, length, UTF_8));
    }

    @Override
    public void string(byte[] content, int from, int length) {
        open("S");
        out.writeUTF8String(content, from, length);
        close();
    }

    @Override
    public void number(Decimal number) {
        open("N");
        out.writeString(number.toString());
        close();
    }

    @Override
    public void binary(byte[] content, int from, int length) {
        open("B");
        out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, content, from, length);
        close();
    }

    @Override
    public void bool(boolean flag) {
        open("BOOL");
        out.writeBoolean(flag);
        close();
    }

    @Override
    public void nothing() {
        open("NULL");
        out.writeBoolean(true);
        close();
    }

    private void open(String type) {
        if (!inSet) {
            out.writeStartObject();
            out.writeName(type);
        }
    }

    private void close() {
        if (!inSet) {
            out.writeEndObject();
        }
    }

    @Override
    public void begin(Value.Type type) {
        open(type.name());
        if (type == Value.Type.M) {
            out.writeStartObject();
        } else {
            out.writeStartArray();
            inSet = type != Value.Type.L;
        }
    }

    @Override
    public void end(Value.Type type) {
        inSet = false;
        if (type == Value.Type.M) {
            out.writeEndObject();
        } else {
            out.writeEndArray();
        }
        close();
    }
}
