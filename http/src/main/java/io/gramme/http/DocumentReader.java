package io.gramme.http;

import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;

/** Reads a document from the tokens of JSON or CBOR, and bounds what it takes. */
final class DocumentReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 64 << 10;
    private static final int MAX_NUMBER = 100;

    /** A value takes some hundred bytes at most beside its text. */
    static final int MAX_VALUES = 100_000;

    static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_TEXT)
            .maxNameLength(MAX_TEXT)
            .maxNumberLength(MAX_NUMBER)
            .build();

    private final JsonParser tokens;
    private int values;

    private DocumentReader(JsonParser tokens) {
        this.tokens = tokens;
    }

    /** Reads the one structure that the tokens are; none at all are an empty structure. */
    static Document.Structure read(JsonParser tokens) {
        try {
            JsonToken first = tokens.nextToken();
            if (first == null) {
                return Document.Structure.EMPTY;
            }
            if (first != JsonToken.START_OBJECT) {
                throw malformed("The body is not a structure");
            }
            Document.Structure structure = new DocumentReader(tokens).structure();
            if (tokens.nextToken() != null) {
                throw malformed("There is something behind the body");
            }
            return structure;
        } catch (JacksonException _) {
            throw malformed("The body is malformed");
        }
    }

    static ServiceException malformed(String text) {
        return ServiceException.malformed(text);
    }

    private Document.Structure structure() {
        var members = new LinkedHashMap<String, Document>();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            String name = tokens.currentName();
            tokens.nextToken();
            value().ifPresent(value -> members.put(name, value));
        }
        return new Document.Structure(members);
    }

    private Document.Sequence sequence() {
        var elements = new ArrayList<Document>();
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value().orElseThrow(() -> malformed("A list contains a null")));
        }
        return new Document.Sequence(elements);
    }

    /** The value at the current token; empty if it is null. */
    private Optional<Document> value() {
        values++;
        if (values > MAX_VALUES) {
            throw malformed("The body has too many values");
        }
        return switch (tokens.currentToken()) {
            case START_OBJECT -> Optional.of(structure());
            case START_ARRAY -> Optional.of(sequence());
            case VALUE_STRING -> Optional.of(new Document.Text(tokens.getString()));
            case VALUE_NUMBER_INT -> Optional.of(whole());
            case VALUE_NUMBER_FLOAT -> Optional.of(new Document.Real(tokens.getDoubleValue()));
            case VALUE_TRUE -> Optional.of(new Document.Flag(true));
            case VALUE_FALSE -> Optional.of(new Document.Flag(false));
            case VALUE_NULL -> Optional.empty();
            // Bytes, which no service here has, or an end where a value should be.
            default -> throw malformed("The body has a value of a type that no member has");
        };
    }

    private Document whole() {
        if (tokens.getNumberType() == NumberType.BIG_INTEGER) {
            throw malformed("The body has a number that is too large");
        }
        return new Document.Whole(tokens.getLongValue());
    }
}
