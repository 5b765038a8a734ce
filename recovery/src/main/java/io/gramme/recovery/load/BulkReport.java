package io.gramme.recovery.load;

import io.gramme.api.BulkOperationOutputType;
import io.gramme.api.OutputS3Configuration;
import io.gramme.api.S3SseAlgorithm;
import io.gramme.api.wire.Json;
import io.gramme.api.wire.ValueJson;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.Buckets;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * The report of a bulk put in its output bucket: objects with the items that were not put, and a manifest that names
 * them, written last. The layout is inferred:
 *
 * <pre>
 * PREFIX/AWSDynamoDB/ID/error/PART-STEP.json                     lines: the place of the record, why, and its item
 * PREFIX/AWSDynamoDB/ID/condition-check-failure/PART-STEP.json   lines: the same, and the stored item
 * PREFIX/AWSDynamoDB/ID/manifest.json
 * </pre>
 *
 * <p>A step that runs again replaces its own objects.
 */
final class BulkReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final BulkPut one;
    private final OutputS3Configuration output;
    private final Bucket bucket;

    /** @throws io.gramme.transfer.bucket.BucketException perhaps, if there is no such bucket */
    BulkReport(BulkPut one, Buckets buckets) {
        this.one = one;
        this.output = one.request().outputS3Configuration();
        boolean kms = output.s3SseAlgorithm().equals(Optional.of(S3SseAlgorithm.KMS));
        this.bucket = buckets.named(
                output.s3Bucket().orElseThrow(),
                new BucketAccess(
                        output.s3BucketOwner(),
                        kms ? BucketAccess.Encryption.KMS : BucketAccess.Encryption.AES256,
                        output.s3SseKmsKeyId()));
    }

    /** Fails if the bucket cannot be reached, before anything is put. */
    void requireBucket() {
        var _ = bucket.list(folder(), "", 1);
    }

    private String folder() {
        String prefix = output.s3KeyPrefix().orElse("");
        String joined = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return joined + "AWSDynamoDB/" + one.id() + "/";
    }

    /** The place of a record in the input. */
    record Place(String object, long index) {}

    /**
     * The objects of one step.
     *
     * @param again whether an earlier run of the step may have left some
     */
    StepFiles step(int part, int step, boolean again) {
        return new StepFiles(part + "-" + step + ".json", again);
    }

    /** Used by one thread. */
    final class StepFiles implements AutoCloseable {
        private final ReportFile errors;
        private final ReportFile refusals;

        private StepFiles(String name, boolean again) {
            this.errors = file(BulkOperationOutputType.ERROR, "error/" + name, again);
            this.refusals =
                    file(BulkOperationOutputType.CONDITION_CHECK_FAILURE, "condition-check-failure/" + name, again);
        }

        private ReportFile file(BulkOperationOutputType type, String name, boolean again) {
            return new ReportFile(
                    bucket, type, folder() + name, output.outputType().contains(type), again);
        }

        void failed(Place place, String message, Optional<Item> item) {
            errors.write(object(out -> {
                pointer(out, place);
                out.writeName("errorMessages");
                out.writeStartArray();
                out.writeString(message);
                out.writeEndArray();
                item.ifPresent(given -> member(out, "item", given));
            }));
        }

        void refused(Place place, Item attempted, Optional<Item> existing) {
            refusals.write(object(out -> {
                pointer(out, place);
                member(out, "attemptedItem", attempted);
                existing.ifPresent(stored -> member(out, "existingItem", stored));
            }));
        }

        /** Completes the objects; without lines there is none. */
        List<BulkFile> complete() {
            return Stream.of(errors, refusals)
                    .flatMap(file -> file.complete().stream())
                    .toList();
        }

        @Override
        public void close() {
            errors.close();
            refusals.close();
        }

        private void pointer(JsonGenerator out, Place place) {
            out.writeName("itemS3Pointer");
            out.writeStartObject();
            out.writeStringProperty(
                    "bucket", one.request().inputS3Configuration().s3Bucket());
            out.writeStringProperty("key", place.object());
            out.writeNumberProperty("itemIndex", place.index());
            out.writeEndObject();
        }

        private static void member(JsonGenerator out, String name, Item item) {
            out.writeName(name);
            ValueJson.write(out, item);
        }
    }

    void manifest(BulkPut.Status end, Instant now, BulkSums sums, List<BulkFile> files) {
        var _ = bucket.put(folder() + "manifest.json", object(out -> {
            out.writeStringProperty("bulkOperationArn", one.arn());
            out.writeStringProperty("bulkOperationStatus", end.name());
            out.writeStringProperty("tableArn", one.table().arn());
            out.writeStringProperty("tableId", one.tableId());
            out.writeStringProperty("startTime", TIME.format(one.started()));
            out.writeStringProperty("endTime", TIME.format(now));
            out.writeNumberProperty("processedItemCount", sums.items());
            out.writeNumberProperty("failedItemCount", sums.failed());
            out.writeNumberProperty("conditionCheckFailureCount", sums.refused());
            out.writeName("outputFiles");
            out.writeStartArray();
            files.forEach(file -> file(out, file));
            out.writeEndArray();
        }));
    }

    private static void file(JsonGenerator out, BulkFile file) {
        out.writeStartObject();
        out.writeStringProperty("outputType", file.type().wire());
        out.writeStringProperty("s3Key", file.key());
        out.writeNumberProperty("itemCount", file.items());
        out.writeNumberProperty("sizeBytes", file.size());
        out.writeStringProperty(
                "md5Checksum", Base64.getEncoder().encodeToString(file.md5().toArray()));
        out.writeStringProperty("etag", file.etag());
        out.writeEndObject();
    }

    private static Bytes object(Consumer<JsonGenerator> members) {
        var json = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(json)) {
            out.writeStartObject();
            members.accept(out);
            out.writeEndObject();
            out.writeRaw('\n');
        }
        return Bytes.wrap(json.toByteArray());
    }
}
