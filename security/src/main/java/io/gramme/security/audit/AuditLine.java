package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gramme.core.identity.Principal;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * The text of an event: one JSON object in the shape of CloudTrail. All that is not ASCII is escaped, as control
 * characters are: no value that a client chose can end a line, or turn it around in a terminal.
 */
final class AuditLine {
    private static final String VERSION = "1.11";

    /** The length of texts that clients choose, as CloudTrail bounds it. */
    private static final int LONGEST_TEXT = 1_024;

    private static final int LONGEST_ARN = 2_048;
    private static final int MOST_RESOURCES = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private AuditLine() {}

    static String of(AuditEvent event, String eventId) {
        return object(json -> write(json, event, eventId));
    }

    /** The first line of a file. */
    static String header(long number, String previous, Instant time) {
        return object(json -> {
            json.writeStringProperty("eventVersion", VERSION);
            json.writeStringProperty("eventTime", seconds(time));
            json.writeStringProperty("eventSource", "gramme");
            json.writeStringProperty("eventName", "AuditFileBegan");
            json.writeNumberProperty("file", number);
            json.writeStringProperty("previous", previous);
        });
    }

    /** In place of events that found no room. */
    static String lost(long number, Instant time) {
        return object(json -> {
            json.writeStringProperty("eventVersion", VERSION);
            json.writeStringProperty("eventTime", seconds(time));
            json.writeStringProperty("eventSource", "gramme");
            json.writeStringProperty("eventName", "AuditEventsLost");
            json.writeNumberProperty("count", number);
        });
    }

    private interface Content {
        void write(JsonGenerator json);
    }

    private static String object(Content content) {
        var out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
        return out.toString(US_ASCII);
    }

    /** Text that is written to a generator of these lines; empty if there is none, or it cannot be made. */
    static Optional<String> copied(Copied content) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            if (!content.write(json)) {
                return Optional.empty();
            }
        } catch (JacksonException _) {
            return Optional.empty();
        }
        return Optional.of(out.toString(US_ASCII));
    }

    /** Returns whether there is any. */
    interface Copied {
        boolean write(JsonGenerator json);
    }

    private static void write(JsonGenerator json, AuditEvent event, String eventId) {
        boolean ofManagement = event.plane() == AuditEvent.Plane.CONTROL;
        json.writeStringProperty("eventVersion", VERSION);
        json.writeName("userIdentity");
        identity(json, event);
        json.writeStringProperty("eventTime", seconds(event.time()));
        json.writeStringProperty("eventSource", event.source());
        json.writeStringProperty("eventName", shortened(event.name(), LONGEST_TEXT));
        json.writeStringProperty("awsRegion", event.caller().region());
        json.writeStringProperty("sourceIPAddress", event.caller().source().address());
        json.writeStringProperty("userAgent", shortened(event.caller().source().userAgent(), LONGEST_TEXT));
        event.error().ifPresent(error -> {
            json.writeStringProperty("errorCode", error.code());
            json.writeStringProperty("errorMessage", shortened(error.message(), LONGEST_TEXT));
        });
        json.writeName("requestParameters");
        AuditParameters.write(event.parameters(), json);
        json.writeNullProperty("responseElements");
        json.writeStringProperty("requestID", event.requestId());
        json.writeStringProperty("eventID", eventId);
        json.writeBooleanProperty("readOnly", event.readOnly());
        resources(json, event);
        json.writeStringProperty("eventType", "AwsApiCall");
        json.writeBooleanProperty("managementEvent", ofManagement);
        json.writeStringProperty("recipientAccountId", event.caller().account());
        json.writeStringProperty("eventCategory", ofManagement ? "Management" : "Data");
        json.writeBooleanProperty("secureTransport", event.caller().source().secure());
    }

    private static void identity(JsonGenerator json, AuditEvent event) {
        Principal principal = event.caller().principal();
        json.writeStartObject();
        // A request whose signature was refused has no principal.
        String type = principal.arn().isEmpty()
                ? "Unknown"
                : switch (principal.kind()) {
                    case SERVER -> "AWSService";
                    case ROOT -> "Root";
                    case USER -> "IAMUser";
                    case ROLE -> "AssumedRole";
                };
        json.writeStringProperty("type", type);
        json.writeStringProperty("principalId", principal.id());
        json.writeStringProperty("arn", shortened(principal.arn(), LONGEST_ARN));
        json.writeStringProperty("accountId", principal.account());
        event.accessKeyId().ifPresent(id -> json.writeStringProperty("accessKeyId", shortened(id, 128)));
        principal.session().ifPresent(session -> {
            json.writeObjectPropertyStart("sessionContext");
            if (!session.role().isEmpty()) {
                json.writeObjectPropertyStart("sessionIssuer");
                json.writeStringProperty("type", "Role");
                json.writeStringProperty("arn", shortened(session.role(), LONGEST_ARN));
                json.writeEndObject();
            }
            json.writeObjectPropertyStart("attributes");
            json.writeStringProperty("creationDate", seconds(session.issued()));
            json.writeStringProperty("mfaAuthenticated", Boolean.toString(session.mfa()));
            json.writeEndObject();
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private static void resources(JsonGenerator json, AuditEvent event) {
        json.writeArrayPropertyStart("resources");
        event.resources().stream().limit(MOST_RESOURCES).forEach(resource -> {
            json.writeStartObject();
            json.writeStringProperty("accountId", resource.account());
            json.writeStringProperty("type", resource.type());
            json.writeStringProperty("ARN", shortened(resource.arn(), LONGEST_ARN));
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
