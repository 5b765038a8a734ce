package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** What can be said about a trigger when it is made, and changed later. */
final class TriggerOptions {
    @Option(names = "--webhook", paramLabel = "URL", description = "Post events there.")
    private Optional<String> webhook = Optional.empty();

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "Or call this function of the Lambda endpoint given by --endpoint.")
    private Optional<String> function = Optional.empty();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "What speaks Lambda's API for invocations, as its runtime emulator does.")
    private Optional<String> endpoint = Optional.empty();

    @Option(names = "--batch-size", paramLabel = "N", description = "Records sent together at most. Default: 100")
    private Optional<Integer> batchSize = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Gather records for so long, up to 300s, unless the batch is full before.")
    private Optional<Duration> window = Optional.empty();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Batches of one shard under way at a time, 1 to 10. Those of one item keep their order.")
    private Optional<Integer> parallel = Optional.empty();

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description = "Send only what matches this event pattern, or another given likewise. Empty: everything.")
    private Optional<List<String>> filters = Optional.empty();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Give up a batch that fails after so many retries. Default: -1, never.")
    private Optional<Integer> retries = Optional.empty();

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Give up records that are older, 60s at least; 0s: never, which is the default.")
    private Optional<Duration> maxAge = Optional.empty();

    @Option(
            names = "--bisect",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Halve a batch that fails, to find the record that is to blame.")
    private Optional<Boolean> bisect = Optional.empty();

    @Option(
            names = "--report-failures",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "The answer says which records failed (ReportBatchItemFailures).")
    private Optional<Boolean> reportFailures = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Wait so long for an answer, up to 900s. Default: 60s")
    private Optional<Duration> timeout = Optional.empty();

    @Option(
            names = "--on-failure",
            paramLabel = "URL|file:NAME",
            description = "Tell there what was given up: a URL, or a file of dead-letters in the data directory.")
    private Optional<String> onFailure = Optional.empty();

    @Option(names = "--enabled", arity = "1", paramLabel = "true|false", description = "Whether it runs.")
    private Optional<Boolean> enabled = Optional.empty();

    /** The request for an operation, beginning with what {@code first} writes. */
    String request(Consumer<JsonGenerator> first) {
        return object(out -> {
            first.accept(out);
            webhook.ifPresent(given -> out.writeStringProperty("WebhookUrl", given));
            function.ifPresent(given -> out.writeStringProperty("FunctionName", given));
            endpoint.ifPresent(given -> out.writeStringProperty("Endpoint", given));
            batchSize.ifPresent(given -> out.writeNumberProperty("BatchSize", given));
            window.ifPresent(given -> out.writeNumberProperty("MaximumBatchingWindowInSeconds", given.toSeconds()));
            parallel.ifPresent(given -> out.writeNumberProperty("ParallelizationFactor", given));
            filters.ifPresent(given -> writeFilters(out, given));
            retries.ifPresent(given -> out.writeNumberProperty("MaximumRetryAttempts", given));
            maxAge.ifPresent(given ->
                    out.writeNumberProperty("MaximumRecordAgeInSeconds", given.isZero() ? -1 : given.toSeconds()));
            bisect.ifPresent(given -> out.writeBooleanProperty("BisectBatchOnFunctionError", given));
            reportFailures.ifPresent(given -> writeResponseTypes(out, given));
            timeout.ifPresent(given -> out.writeNumberProperty("InvocationTimeoutInSeconds", given.toSeconds()));
            onFailure.ifPresent(given -> writeDestination(out, given));
            enabled.ifPresent(given -> out.writeBooleanProperty("Enabled", given));
        });
    }

    static String object(Consumer<JsonGenerator> members) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }
        return bytes.toString(UTF_8);
    }

    /** A word of the API is passed on; anything else that is a time is one. */
    static void writeStart(JsonGenerator out, String from) {
        try {
            long seconds = Instant.parse(from).getEpochSecond();
            out.writeStringProperty("StartingPosition", "AT_TIMESTAMP");
            out.writeNumberProperty("StartingPositionTimestamp", seconds);
        } catch (DateTimeParseException _) {
            out.writeStringProperty("StartingPosition", from);
        }
    }

    private static void writeFilters(JsonGenerator out, List<String> patterns) {
        out.writeObjectPropertyStart("FilterCriteria");
        out.writeArrayPropertyStart("Filters");
        for (String pattern : patterns) {
            if (!pattern.isEmpty()) {
                out.writeStartObject();
                out.writeStringProperty("Pattern", pattern);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeResponseTypes(JsonGenerator out, boolean reports) {
        out.writeArrayPropertyStart("FunctionResponseTypes");
        if (reports) {
            out.writeString("ReportBatchItemFailures");
        }
        out.writeEndArray();
    }

    private static void writeDestination(JsonGenerator out, String destination) {
        out.writeObjectPropertyStart("DestinationConfig");
        out.writeObjectPropertyStart("OnFailure");
        out.writeStringProperty("Destination", destination);
        out.writeEndObject();
        out.writeEndObject();
    }
}
