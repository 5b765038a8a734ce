package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** The options of a trigger that can be set when it is created and changed later. */
final class TriggerOptions {
    @Option(names = "--webhook", paramLabel = "URL", description = "Post events to this URL.")
    private Optional<String> webhook = Optional.empty();

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "Invoke this function of the Lambda endpoint given by --endpoint.")
    private Optional<String> function = Optional.empty();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "URL of the Lambda endpoint of --function, such as Lambda's runtime interface emulator.")
    private Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Largest number of records in a batch, 1 to 10000. Default: 100")
    private Optional<Integer> batchSize = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationText.Seconds.class,
            description =
                    "Gather records for this long before sending a batch that is not full, up to 300s. Default: 0")
    private Optional<Duration> window = Optional.empty();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Number of batches of a shard sent at once, 1 to 10. The changes of an item stay in order."
                    + " Default: 1")
    private Optional<Integer> parallel = Optional.empty();

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description =
                    "Send only records that match this event pattern; repeat the option for more patterns, up to five."
                            + " An empty pattern sends all records.")
    private @Nullable List<String> filters;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Discard a batch after this many failed retries; -1 retries without end. Default: -1")
    private Optional<Integer> retries = Optional.empty();

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = DurationText.Seconds.class,
            description = "Discard records older than this, 60s or more; 0 keeps all. Default: 0")
    private Optional<Duration> maxAge = Optional.empty();

    @Option(
            names = "--bisect",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Split a batch that fails, down to the record that is the reason. Default: false")
    private Optional<Boolean> bisect = Optional.empty();

    @Option(
            names = "--report-failures",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Read from the response which records failed (ReportBatchItemFailures). Default: false")
    private Optional<Boolean> reportFailures = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationText.Seconds.class,
            description = "Response timeout, up to 900s. Default: 60s")
    private Optional<Duration> timeout = Optional.empty();

    @Option(
            names = "--on-failure",
            paramLabel = "URL|file:NAME",
            description =
                    "Report discarded batches to this URL, or to the file NAME in dead-letters of the data directory.")
    private Optional<String> onFailure = Optional.empty();

    @Option(
            names = "--enabled",
            arity = "1",
            paramLabel = "true|false",
            description = "Enable or disable the trigger. Default: true")
    private Optional<Boolean> enabled = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** @throws ParameterException unless the options name a complete target */
    void requireTarget() {
        if (webhook.isEmpty() && (function.isEmpty() || endpoint.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "give the target of the trigger: --webhook, or --function and --endpoint");
        }
    }

    private void requireOneTarget() {
        if (webhook.isPresent() && (function.isPresent() || endpoint.isPresent())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--webhook contradicts " + (function.isPresent() ? "--function" : "--endpoint")
                            + ": a trigger has one target");
        }
    }

    /** The JSON of a request: the members that {@code first} writes, then those of the options given. */
    String request(Consumer<JsonGenerator> first) {
        requireOneTarget();
        return object(out -> {
            first.accept(out);
            webhook.ifPresent(given -> out.writeStringProperty("WebhookUrl", given));
            function.ifPresent(given -> out.writeStringProperty("FunctionName", given));
            endpoint.ifPresent(given -> out.writeStringProperty("Endpoint", given));
            batchSize.ifPresent(given -> out.writeNumberProperty("BatchSize", given));
            window.ifPresent(given -> out.writeNumberProperty("MaximumBatchingWindowInSeconds", given.toSeconds()));
            parallel.ifPresent(given -> out.writeNumberProperty("ParallelizationFactor", given));
            writeFilters(out);
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

    private void writeFilters(JsonGenerator out) {
        List<String> patterns = filters;
        if (patterns == null) {
            return;
        }
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
