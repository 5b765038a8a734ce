package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Makes the JSON parsers and generators of this server: one factory, with a bound on everything a body could make
 * large.
 */
public final class Json {
    /** Attribute values are read to 100 levels of two braces each, inside a few levels of their request. */
    private static final int MAX_DEPTH = 256;

    /** The largest body the service accepts; a check before this one bounds whole bodies. */
    private static final int MAX_STRING = 16 << 20;

    private static final int MAX_NUMBER = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    /** A generator that writes to {@code sink} and does not close it. */
    public static JsonGenerator generator(OutputStream sink) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), sink);
    }

    /** A parser of {@code body}, within the bounds. */
    public static JsonParser parser(byte[] body) {
        return FACTORY.createParser(ObjectReadContext.empty(), body);
    }

    /**
     * Checks that {@code body} is one JSON object; its members are not checked.
     *
     * @throws io.gramme.core.error.ApiException SERIALIZATION without words, if it is not
     */
    public static void requireWellFormed(byte[] body) {
        requireUnicode(body);
        try (JsonParser json = parser(body)) {
            requireObject(json);
            drain(json);
        } catch (JacksonException _) {
            throw RequestErrors.malformed();
        }
    }

    /** A string with half of a surrogate pair is not valid text, and two of them could become one key. */
    static void requireUnicode(byte[] body) {
        if (!WellFormedText.is(body)) {
            throw RequestErrors.malformed();
        }
    }

    static void requireObject(JsonParser json) {
        json.nextToken();
        if (!json.isExpectedStartObjectToken()) {
            drain(json);
            throw RequestErrors.malformed();
        }
    }

    /** Reads the rest of the body, which checks that it is JSON. */
    static void drain(JsonParser json) {
        boolean complete = json.streamReadContext().inRoot();
        while (json.nextToken() != null) {
            if (complete) {
                throw RequestErrors.malformed(); // A second value after the first.
            }
            complete = json.streamReadContext().inRoot();
        }
    }
}
