package io.gramme.delivery.trigger;

import io.gramme.api.wire.Json;
import io.gramme.storage.LogPosition;
import io.gramme.tables.stream.SequenceNumber;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the failure record of a batch that was given up, in the form that Lambda uses for streams. It contains no
 * items.
 */
final class LetterWriter {
    private LetterWriter() {}

    /** Why a batch was given up, in Lambda's words except for the last. */
    enum Condition {
        RETRIES("RetryAttemptsExhausted"),
        AGE("RecordAgeExceeded"),
        SIZE("PayloadSizeExceeded");

        private final String word;

        Condition(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * A batch that was given up.
     *
     * @param shard the id that clients of the stream know
     * @param failure of the last attempt to send it, if there was one
     */
    record Given(
            String requestId,
            Condition condition,
            int invocations,
            Optional<Verdict.Failed> failure,
            String shard,
            LogPosition first,
            LogPosition last,
            int records) {}

    static byte[] letter(Trigger trigger, Given batch, Instant now) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            out.writeObjectPropertyStart("requestContext");
            out.writeStringProperty("requestId", batch.requestId());
            out.writeStringProperty(
                    "functionArn", trigger.target().arn(trigger.table().accountRegion()));
            out.writeStringProperty("condition", batch.condition().word());
            out.writeNumberProperty("approximateInvokeCount", batch.invocations());
            out.writeEndObject();
            batch.failure().ifPresent(failure -> response(out, failure));
            out.writeStringProperty("version", "1.0");
            out.writeStringProperty("timestamp", millis(now));
            out.writeObjectPropertyStart("DDBStreamBatchInfo");
            out.writeStringProperty("shardId", batch.shard());
            out.writeStringProperty("startSequenceNumber", SequenceNumber.of(batch.first()));
            out.writeStringProperty("endSequenceNumber", SequenceNumber.of(batch.last()));
            out.writeStringProperty("approximateArrivalOfFirstRecord", seconds(batch.first()));
            out.writeStringProperty("approximateArrivalOfLastRecord", seconds(batch.last()));
            out.writeNumberProperty("batchSize", batch.records());
            out.writeStringProperty("streamArn", trigger.streamArn());
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void response(JsonGenerator out, Verdict.Failed failure) {
        out.writeObjectPropertyStart("responseContext");
        failure.status().ifPresent(status -> out.writeNumberProperty("statusCode", status));
        out.writeStringProperty("executedVersion", "$LATEST");
        out.writeStringProperty("functionError", failure.functionError().orElse("Unhandled"));
        out.writeEndObject();
    }

    private static String millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String seconds(LogPosition position) {
        return position.time().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
