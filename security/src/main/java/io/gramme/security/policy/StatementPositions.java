package io.gramme.security.policy;

import io.gramme.api.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Where the statements of a policy stand in its text. */
public final class StatementPositions {
    private StatementPositions() {}

    /** A place in a text, counted from 1; columns are those of its UTF-8 form. */
    public record Position(int line, int column) {
        private static Position of(TokenStreamLocation location) {
            return new Position(location.getLineNr(), location.getColumnNr());
        }
    }

    /** @param end behind the last character */
    public record Extent(Position start, Position end) {}

    /**
     * The extents of all statements, by their index.
     *
     * @throws InvalidPolicyException if the text is not JSON
     */
    public static List<Extent> of(String policy) {
        var extents = new ArrayList<Extent>();
        try (JsonParser json = Json.parser(policy.getBytes(StandardCharsets.UTF_8))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean statements = json.currentName().equals("Statement");
                JsonToken value = json.nextToken();
                if (!statements) {
                    json.skipChildren();
                } else if (value == JsonToken.START_OBJECT) {
                    extents.add(skipped(json));
                } else {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        extents.add(skipped(json));
                    }
                }
            }
            return extents;
        } catch (JacksonException _) {
            throw InvalidPolicyException.syntax();
        }
    }

    private static Extent skipped(JsonParser json) {
        Position start = Position.of(json.currentTokenLocation());
        json.skipChildren();
        return new Extent(start, Position.of(json.currentLocation()));
    }
}
