package io.gramme.transfer.export;

import io.gramme.api.wire.Json;
import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.format.ExportView;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes the manifests of an export. */
final class ManifestJson {
    static final String FULL_VERSION = "2020-06-30";
    static final String INCREMENTAL_VERSION = "2023-08-01";
    static final String FULL = "FULL_EXPORT";
    static final String INCREMENTAL = "INCREMENTAL_EXPORT";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ManifestJson() {}

    /** The line of a data file in {@code manifest-files.json}. */
    static Bytes line(ExportedFile file) {
        return object(out -> {
                    out.writeNumberProperty("itemCount", file.itemCount());
                    out.writeStringProperty("md5Checksum", ExportFolder.base64(file.md5()));
                    out.writeStringProperty("etag", file.etag());
                    out.writeStringProperty("dataFileS3Key", file.key());
                })
                .plus(Bytes.utf8("\n"));
    }

    /** {@code manifest-summary.json}. */
    static Bytes summary(ExportPlan plan, ExportSummary summary, String bucket, List<ExportedFile> files) {
        long itemCount = files.stream().mapToLong(ExportedFile::itemCount).sum();
        return object(out -> {
            boolean full = plan.span() instanceof ExportSpan.Full;
            out.writeStringProperty("version", full ? FULL_VERSION : INCREMENTAL_VERSION);
            out.writeStringProperty("exportArn", summary.exportArn());
            out.writeStringProperty("startTime", time(summary.startTime()));
            out.writeStringProperty("endTime", time(summary.endTime()));
            out.writeStringProperty("tableArn", summary.tableArn());
            out.writeStringProperty("tableId", summary.tableId());
            span(out, plan.span());
            out.writeStringProperty("s3Bucket", bucket);
            optional(out, "s3Prefix", plan.prefix());
            out.writeStringProperty("s3SseAlgorithm", summary.encryption().name());
            optional(out, "s3SseKmsKeyId", summary.kmsKey());
            out.writeStringProperty("manifestFilesS3Key", plan.filesKey());
            out.writeNumberProperty("billedSizeBytes", summary.billedSizeBytes());
            out.writeNumberProperty("itemCount", itemCount);
            out.writeStringProperty("outputFormat", plan.format().name());
            if (plan.span() instanceof ExportSpan.Incremental(Instant _, Instant _, ExportView view)) {
                out.writeStringProperty("outputView", view.name());
            }
            out.writeStringProperty("exportType", full ? FULL : INCREMENTAL);
        });
    }

    private static void span(JsonGenerator out, ExportSpan span) {
        switch (span) {
            case ExportSpan.Full(Instant exportTime) -> out.writeStringProperty("exportTime", time(exportTime));
            case ExportSpan.Incremental(Instant from, Instant to, ExportView _) -> {
                out.writeStringProperty("exportFromTime", time(from));
                out.writeStringProperty("exportToTime", time(to));
            }
        }
    }

    private static void optional(JsonGenerator out, String name, Optional<String> value) {
        if (value.isPresent()) {
            out.writeStringProperty(name, value.get());
        } else {
            out.writeNullProperty(name);
        }
    }

    /** ISO 8601 with milliseconds. */
    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    static Bytes object(Consumer<JsonGenerator> members) {
        var json = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(json)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
        }
        return Bytes.wrap(json.toByteArray());
    }
}
