package io.gramme.http;

import io.gramme.api.service.Document;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** Writes a document as the tokens of JSON or CBOR, which differ in how they mark a time. */
final class DocumentWriter {
    private static final double NANOS = 1e9;

    private final JsonGenerator tokens;

    /** Marks the number that follows as a time, if the format does. */
    private final Runnable timeMark;

    DocumentWriter(JsonGenerator tokens, Runnable timeMark) {
        this.tokens = tokens;
        this.timeMark = timeMark;
    }

    void write(Document document) {
        switch (document) {
            case Document.Text(var value) -> tokens.writeString(value);
            case Document.Word(var value) -> tokens.writeString(value);
            case Document.Whole(var value) -> tokens.writeNumber(value);
            case Document.Real(var value) -> tokens.writeNumber(value);
            case Document.Flag(var value) -> tokens.writeBoolean(value);
            case Document.Time(var value) -> write(value);
            case Document.Sequence(var elements) -> {
                tokens.writeStartArray();
                elements.forEach(this::write);
                tokens.writeEndArray();
            }
            case Document.Structure(var members) -> write(members);
            case Document.Dictionary(var entries) -> write(entries);
        }
    }

    private void write(Instant time) {
        timeMark.run();
        if (time.getNano() == 0) {
            tokens.writeNumber(time.getEpochSecond());
        } else {
            tokens.writeNumber(time.getEpochSecond() + time.getNano() / NANOS);
        }
    }

    private void write(Map<String, Document> members) {
        tokens.writeStartObject();
        BiConsumer<String, Document> member = (name, value) -> {
            tokens.writeName(name);
            write(value);
        };
        members.forEach(member);
        tokens.writeEndObject();
    }
}
