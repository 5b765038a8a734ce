package io.gramme.server.wire;

import io.gramme.core.bytes.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Whether a body is one JSON document at all, whatever it says. */
final class JsonForm {
    /** Deeper than any request: an item nests 32 levels, each of two JSON objects. */
    private static final int DEPTH = 256;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    private JsonForm() {}

    static boolean isWellFormed(Bytes body) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body.shared())) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }
}
