package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The parameters of a request as an audit log has them: without items, keys, values and secrets, and with a bound on
 * their number and length. In place of what is left out stands the word HIDDEN.
 *
 * <p>Of requests for items only the members of a short list are shown, since every other one may hold a value of a user;
 * of requests of the control plane all are but those of another list.
 */
public final class AuditParameters {
    private static final int LONGEST_TEXT = 1_024;
    private static final int MOST_TOKENS = 1_000;
    private static final int DEEPEST = 16;
    private static final String HIDDEN = "HIDDEN";

    /** Members whose values are shown in a request for items. */
    private static final Set<String> OF_DATA = Set.of(
            "TableName",
            "IndexName",
            "ConsistentRead",
            "Limit",
            "Select",
            "ScanIndexForward",
            "Segment",
            "TotalSegments",
            "ReturnValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "ReturnValuesOnConditionCheckFailure",
            "StreamArn",
            "ShardId",
            "ShardIteratorType");

    /** Members of requests of the control plane that hold items, or secrets. */
    private static final Set<String> NEVER = Set.of(
            "Item",
            "Items",
            "Expected",
            "ExpressionAttributeValues",
            "ExclusiveStartKey",
            "NextToken",
            "PartitionKey",
            "Statement",
            "Parameters",
            "Password",
            "NewPassword",
            "OldPassword",
            "SecretAccessKey",
            "SessionToken",
            "TokenCode",
            "SerialNumber",
            "Plaintext",
            "CiphertextBlob",
            "Message",
            "Signature",
            "EncryptedKeyMaterial",
            "ImportToken",
            "AuthorizationHeader",
            "ClientToken",
            "ClientRequestToken");

    /** What a form of the query protocol has beside the parameters. */
    private static final Set<String> OF_FORMS = Set.of("Action", "Version");

    private AuditParameters() {}

    /** The parameters of a request whose body this is; empty if it is not a JSON object. */
    public static Optional<String> of(byte[] body, AuditEvent.Plane plane) {
        return AuditLine.copied(json -> {
            try (JsonParser in = Json.parser(body)) {
                if (in.nextToken() != JsonToken.START_OBJECT) {
                    return false;
                }
                new Copy(in, json, plane).object(0);
                return true;
            }
        });
    }

    /** The parameters of a request to another service; always of the control plane. */
    public static Optional<String> of(Document.Structure request) {
        return AuditLine.copied(json -> {
            var members = new LinkedHashMap<>(request.members());
            OF_FORMS.forEach(members::remove);
            new Written(json).members(members, 0);
            return true;
        });
    }

    /** Writes them into a line, anew: no text becomes part of it as it is. */
    static void write(Optional<String> parameters, JsonGenerator json) {
        Optional<String> sound = parameters.flatMap(text -> of(text.getBytes(UTF_8), AuditEvent.Plane.CONTROL));
        if (sound.isPresent()) {
            json.writeRawValue(sound.get());
        } else {
            json.writeNull();
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    /** A document, which stops where there is too much of it. */
    private static final class Written {
        private final JsonGenerator out;
        private int values;

        Written(JsonGenerator out) {
            this.out = out;
        }

        void members(Map<String, Document> members, int depth) {
            out.writeStartObject();
            members.forEach((name, value) -> {
                if (values++ < MOST_TOKENS) {
                    out.writeName(shortened(name));
                    if (NEVER.contains(name) || depth >= DEEPEST) {
                        out.writeString(HIDDEN);
                    } else {
                        value(value, depth + 1);
                    }
                }
            });
            out.writeEndObject();
        }

        private void value(Document value, int depth) {
            switch (value) {
                case Document.Text(var text) -> out.writeString(shortened(text));
                case Document.Word(var text) -> out.writeString(shortened(text));
                case Document.Whole(var number) -> out.writeNumber(number);
                case Document.Real(var number) -> out.writeNumber(number);
                case Document.Flag(var flag) -> out.writeBoolean(flag);
                case Document.Time(var time) -> out.writeString(time.toString());
                case Document.Structure(var members) -> members(members, depth);
                case Document.Dictionary(var entries) -> members(entries, depth);
                case Document.Sequence(var elements) -> sequence(elements, depth);
            }
        }

        private void sequence(List<Document> elements, int depth) {
            if (depth >= DEEPEST) {
                out.writeString(HIDDEN);
                return;
            }
            out.writeStartArray();
            for (Document element : elements) {
                if (values++ < MOST_TOKENS) {
                    value(element, depth + 1);
                }
            }
            out.writeEndArray();
        }
    }

    /** One pass over a body, which stops writing where there is too much of it. */
    private static final class Copy {
        private final JsonParser in;
        private final JsonGenerator out;
        private final AuditEvent.Plane plane;
        private int tokens;

        Copy(JsonParser in, JsonGenerator out, AuditEvent.Plane plane) {
            this.in = in;
            this.out = out;
            this.plane = plane;
        }

        /** From behind the brace that opens it to the one that closes it. */
        void object(int depth) throws JacksonException {
            out.writeStartObject();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                in.nextToken();
                if (tokens++ >= MOST_TOKENS) {
                    in.skipChildren();
                    continue;
                }
                out.writeName(shortened(name));
                if (isShown(name)) {
                    value(depth + 1);
                } else {
                    in.skipChildren();
                    out.writeString(HIDDEN);
                }
            }
            out.writeEndObject();
        }

        private boolean isShown(String name) {
            return plane == AuditEvent.Plane.DATA ? OF_DATA.contains(name) : !NEVER.contains(name);
        }

        private void value(int depth) throws JacksonException {
            JsonToken token = in.currentToken();
            if (depth >= DEEPEST && token.isStructStart()) {
                in.skipChildren();
                out.writeString(HIDDEN);
                return;
            }
            switch (token) {
                case START_OBJECT -> object(depth);
                case START_ARRAY -> array(depth);
                case VALUE_STRING -> out.writeString(shortened(in.getString()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(shortened(in.getString()));
                case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(token == JsonToken.VALUE_TRUE);
                default -> out.writeNull();
            }
        }

        private void array(int depth) throws JacksonException {
            out.writeStartArray();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (tokens++ >= MOST_TOKENS) {
                    in.skipChildren();
                } else {
                    value(depth + 1);
                }
            }
            out.writeEndArray();
        }
    }
}
