package io.gramme.recovery.export;

import io.gramme.api.ExportFormat;
import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.ExportViewType;
import io.gramme.api.IncrementalExportSpecification;
import io.gramme.api.S3SseAlgorithm;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.Waiting;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionTime;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.export.ExportFolder;
import io.gramme.transfer.export.ExportPlan;
import io.gramme.transfer.export.ExportSpan;
import io.gramme.transfer.export.ExportSummary;
import io.gramme.transfer.export.ExportedFile;
import io.gramme.transfer.format.ExportView;
import io.gramme.transfer.format.OutputFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The kind of job that writes the files of an export. Its parts are the partitions of the table. */
public final class ExportJob implements JobKind {
    static final String NAME = "EXPORT";

    /** The service bills an export of anything as one of 10 MB at least (measured). */
    private static final long LEAST_BILLED = 10L << 20;

    /** A step writes one file, and is to last about a second. */
    private static final long FILE_BYTES = 64L << 20;

    private final RowStore store;
    private final ItemStore items;
    private final Exports exports;
    private final Buckets buckets;
    private final InstantSource clock;
    private final FolderWriter writer;

    public ExportJob(RowStore store, ItemStore items, Exports exports, Buckets buckets, InstantSource clock) {
        this.store = store;
        this.items = items;
        this.exports = exports;
        this.buckets = buckets;
        this.clock = clock;
        this.writer = new FolderWriter(new FileRows(store));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> refusalToCancel(Job job) {
        return Optional.of("The service has no cancellation of exports; wait for its end");
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) throws JobFailedException {
        Optional<Export> found = export(job);
        if (found.isEmpty()) {
            return new Step.Obsolete("The export was forgotten");
        }
        Export export = found.get();
        Waiting.until(() -> store.changes().complete().compareTo(export.to()) >= 0);
        try {
            return writer.step(folder(export), job, part, source(export));
        } catch (BucketException e) {
            throw failed(export, e);
        }
    }

    private FolderWriter.Source source(Export export) {
        ExportFilter filter = ExportFilter.of(export);
        return export.from()
                .<FolderWriter.Source>map(
                        from -> new ChangeSource(items.changes(export.source(), from, export.to()), filter))
                .orElseGet(() -> new PastSource(
                        items.past(new ReadTarget(export.source(), Optional.empty()), export.to()), filter));
    }

    private ExportFolder folder(Export export) {
        return new ExportFolder(bucket(export), plan(export));
    }

    private Bucket bucket(Export export) {
        ExportTableToPointInTimeInput request = export.request();
        boolean kms = request.s3SseAlgorithm().equals(Optional.of(S3SseAlgorithm.KMS));
        return buckets.named(
                request.s3Bucket(),
                new BucketAccess(
                        request.s3BucketOwner(),
                        kms ? BucketAccess.Encryption.KMS : BucketAccess.Encryption.AES256,
                        request.s3SseKmsKeyId()));
    }

    private static ExportPlan plan(Export export) {
        OutputFormat format = export.request().exportFormat().equals(Optional.of(ExportFormat.ION))
                ? OutputFormat.ION
                : OutputFormat.DYNAMODB_JSON;
        return new ExportPlan(export.request().s3Prefix(), export.id().text(), span(export), format, FILE_BYTES);
    }

    private static ExportSpan span(Export export) {
        if (export.from().isEmpty()) {
            return new ExportSpan.Full(export.time());
        }
        boolean newOnly = export.request()
                .incrementalExportSpecification()
                .flatMap(IncrementalExportSpecification::exportViewType)
                .equals(Optional.of(ExportViewType.NEW_IMAGE));
        Instant from = VersionTime.timeOf(export.from().get().version() + 1);
        return new ExportSpan.Incremental(
                from, export.time(), newOnly ? ExportView.NEW_IMAGE : ExportView.NEW_AND_OLD_IMAGES);
    }

    /** ExportManifest of a complete export. */
    public static String manifest(Export export) {
        return plan(export).summaryKey();
    }

    @Override
    public Ending finish(Job job) throws JobFailedException {
        Optional<Export> found = export(job).filter(one -> one.status() == Export.Status.IN_PROGRESS);
        if (found.isPresent()) {
            complete(found.get(), job);
        }
        writer.forget(job);
        return new Ending.Complete();
    }

    private void complete(Export export, Job job) throws JobFailedException {
        List<ExportedFile> files = writer.files(job);
        long count = files.stream().mapToLong(ExportedFile::itemCount).sum();
        long bytes = Math.max(
                LEAST_BILLED,
                files.stream().mapToLong(ExportedFile::uncompressedBytes).sum());
        var summary = new ExportSummary(
                export.arn(),
                export.started(),
                clock.instant(),
                export.source().arn(),
                export.source().id(),
                export.request().s3SseAlgorithm().equals(Optional.of(S3SseAlgorithm.KMS))
                        ? BucketAccess.Encryption.KMS
                        : BucketAccess.Encryption.AES256,
                export.request().s3SseKmsKeyId(),
                bytes);
        try {
            folder(export).complete(summary, files, Optional.empty());
        } catch (BucketException e) {
            throw failed(export, e);
        }
        exports.completed(export, count, bytes);
    }

    private JobFailedException failed(Export export, BucketException cause) {
        JobFailedException failure = FolderWriter.failure(cause);
        exports.failed(export, new Export.Failure(cause.failure().code(), String.valueOf(cause.getMessage())));
        return failure;
    }

    @Override
    public void abandon(Job job) {
        export(job)
                .ifPresent(export -> exports.failed(
                        export, new Export.Failure("Unknown", "The export was abandoned; see ListJobs")));
        writer.forget(job);
    }

    private Optional<Export> export(Job job) {
        var owner = new AccountRegion(job.subject().account(), job.subject().region());
        return exports.find(owner, new ResourceId(job.token()));
    }
}
