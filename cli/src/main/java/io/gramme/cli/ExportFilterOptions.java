package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.FilterSpecification;
import io.gramme.api.Operations;
import io.gramme.api.wire.Json;
import io.gramme.api.wire.Parsed;
import io.gramme.core.error.ApiException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** The options that say which part of a table is exported. */
final class ExportFilterOptions {
    @Option(
            names = "--filter",
            paramLabel = "EXPRESSION",
            description = "Export only the items for which this filter expression holds: '#t = :zero'.")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = "--key-condition",
            paramLabel = "EXPRESSION",
            description = "Export only the items of this key condition, which names one partition key.")
    private Optional<String> keyCondition = Optional.empty();

    @Option(
            names = "--projection",
            paramLabel = "EXPRESSION",
            description = "Export only these attributes of the items: 'id, #t'.")
    private Optional<String> projection = Optional.empty();

    @Option(
            names = "--names",
            paramLabel = "JSON",
            description = "ExpressionAttributeNames of these expressions: '{\"#t\":\"total\"}'.")
    private Optional<String> names = Optional.empty();

    @Option(
            names = "--values",
            paramLabel = "JSON",
            description = "ExpressionAttributeValues of these expressions: '{\":zero\":{\"N\":\"0\"}}'.")
    private Optional<String> values = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Empty if no option is given. */
    Optional<FilterSpecification> specification() {
        if (filter.isEmpty() && keyCondition.isEmpty() && projection.isEmpty() && names.isEmpty() && values.isEmpty()) {
            return Optional.empty();
        }
        names.ifPresent(text -> requireObject("--names", text));
        values.ifPresent(text -> requireObject("--values", text));
        try {
            Parsed<ExportTableToPointInTimeInput> parsed = Operations.EXPORT_TABLE_TO_POINT_IN_TIME.read(request());
            parsed.faults().raise();
            return parsed.request().filterSpecification();
        } catch (ApiException e) {
            String text = e.text().isEmpty() ? "--names or --values is not one object of JSON" : e.text();
            throw new ParameterException(spec.commandLine(), text, e);
        }
    }

    private void requireObject(String option, String text) {
        try {
            Json.requireWellFormed(text.getBytes(UTF_8));
        } catch (ApiException e) {
            throw new ParameterException(spec.commandLine(), option + " is not an object of JSON: " + text, e);
        }
    }

    /** A request with the filter, whose other members do not matter. */
    private byte[] request() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("TableArn", "unused");
            out.writeStringProperty("S3Bucket", "unused");
            out.writeName("FilterSpecification");
            out.writeStartObject();
            filter.ifPresent(text -> out.writeStringProperty("FilterExpression", text));
            keyCondition.ifPresent(text -> out.writeStringProperty("KeyConditionExpression", text));
            projection.ifPresent(text -> out.writeStringProperty("ProjectionExpression", text));
            names.ifPresent(text -> raw(out, "ExpressionAttributeNames", text));
            values.ifPresent(text -> raw(out, "ExpressionAttributeValues", text));
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void raw(JsonGenerator out, String name, String json) {
        out.writeName(name);
        out.writeRawValue(json);
    }
}
