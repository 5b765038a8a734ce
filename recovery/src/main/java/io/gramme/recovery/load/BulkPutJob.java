package io.gramme.recovery.load;

import io.gramme.api.BulkOperationInputFormat;
import io.gramme.api.InputS3Configuration;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.export.FolderWriter;
import io.gramme.recovery.load.BulkPut.Failure;
import io.gramme.recovery.load.BulkPut.Status;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.format.Compression;
import io.gramme.transfer.format.InputFormat;
import io.gramme.transfer.format.RecordKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The kind of job that puts the items in objects into an existing table, by the same way as requests. What is put
 * stays, however the job ends. Its rate limit counts write units of the table.
 */
public final class BulkPutJob implements JobKind {
    static final String NAME = "BULK_PUT";

    private static final int STEP_RECORDS = 2_000;
    private static final long STEP_BYTES = 8L << 20;

    private static final Set<ErrorCode> THROTTLING = EnumSet.of(
            ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED, ErrorCode.THROTTLING, ErrorCode.REQUEST_LIMIT_EXCEEDED);

    /** The service's limits of the input. */
    private static final long MOST_OBJECTS = 50_000;

    private static final long LARGEST_OBJECT = 5L << 30;

    private final Tables tables;
    private final ItemStore items;
    private final BulkPuts puts;
    private final Buckets buckets;
    private final InstantSource clock;
    private final ObjectParts objects = new ObjectParts();

    public BulkPutJob(Tables tables, ItemStore items, BulkPuts puts, Buckets buckets, InstantSource clock) {
        this.tables = tables;
        this.items = items;
        this.puts = puts;
        this.buckets = buckets;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step step(Job job, Job.Part part, int mostUnits) throws JobFailedException {
        Optional<BulkPut> found = running(job);
        if (found.isEmpty()) {
            return new Step.Obsolete("The bulk operation was forgotten");
        }
        BulkPut one = found.get();
        // It finds also a table that another server has created a moment ago.
        var _ = tables.lookUp(one.table());
        try {
            return step(one, job, part, mostUnits);
        } catch (BucketException e) {
            JobFailedException failure = FolderWriter.failure(e);
            puts.ended(
                    one,
                    Status.FAILED,
                    clock.instant(),
                    Optional.of(new Failure(e.failure().code(), String.valueOf(e.getMessage()))));
            throw failure;
        }
    }

    private JobFailedException failed(BulkPut one, Failure why) {
        puts.ended(one, Status.FAILED, clock.instant(), Optional.of(why));
        return new JobFailedException(why.code() + ": " + why.message());
    }

    private Step step(BulkPut one, Job job, Job.Part part, int mostUnits) throws JobFailedException {
        int number = part.cursor().map(code -> code.intAt(0)).orElse(0);
        ObjectCursor cursor = part.cursor()
                .map(code -> ObjectCursor.decode(code.from(Integer.BYTES)))
                .orElse(ObjectCursor.START);
        ObjectSource source = source(one);
        var report = new BulkReport(one, buckets);
        if (number == 0) {
            report.requireBucket();
            requireInput(one, source, part);
        }
        Optional<ObjectRun> next = objects.run(source, job, part, cursor);
        if (next.isEmpty()) {
            return new Step.Done(Job.Counters.ZERO);
        }
        boolean again = puts.rows().begin(one.id(), part.number(), number);
        try (ObjectRun run = next.get();
                BulkReport.StepFiles files = report.step(part.number(), number, again)) {
            var writer = new BulkWriter(tables, items, one, run.object(), files, again);
            if (!put(run, writer, mostUnits)) {
                throw failed(one, new Failure("ResourceNotFoundException", "The table was deleted"));
            }
            if (run.isCutShort()) {
                // Some of what the next step puts may be stored.
                var _ = puts.rows().begin(one.id(), part.number(), number + 1);
            }
            BulkSums done = writer.sums().plusInput(run.bytes());
            BulkSums sums = BulkSums.decode(cursor.sums()).plus(done);
            puts.rows().put(one.id(), part.number(), number, sums, files.complete());
            objects.keep(job, part, run);
            Bytes reached =
                    Bytes.ofInt(number + 1).plus(run.reached(sums.encode()).encode());
            return new Step.Advanced(reached, new Job.Counters(done.items(), done.inputBytes(), 0), writer.units());
        }
    }

    /** Returns whether the table still exists. */
    private static boolean put(ObjectRun run, BulkWriter writer, int mostUnits) {
        try {
            return putAll(run, writer, mostUnits);
        } catch (ApiException refusal) {
            // What was put before the table ran out of write units counts; the rest is for the next step.
            OptionalLong complete = writer.complete();
            if (!THROTTLING.contains(refusal.code()) || complete.isEmpty()) {
                throw refusal;
            }
            run.giveBack(complete.getAsLong());
            return true;
        }
    }

    private static boolean putAll(ObjectRun run, BulkWriter writer, int mostUnits) {
        do {
            run.next().ifPresent(writer::take);
            if (writer.isFull() && !writer.flush()) {
                return false;
            }
        } while (!run.isEnded()
                && run.taken() < STEP_RECORDS
                && run.bytes() < STEP_BYTES
                && writer.sums().tableBytes() < STEP_BYTES
                && writer.units() < mostUnits);
        return writer.flush();
    }

    /** Checks and counts the objects, once for each bulk put. */
    private void requireInput(BulkPut one, ObjectSource source, Job.Part part) throws JobFailedException {
        if (part.number() != 0 || one.inputBytes().isPresent()) {
            return;
        }
        var count = new AtomicLong();
        var bytes = new AtomicLong();
        var largest = new AtomicLong();
        source.forEach(object -> {
            count.incrementAndGet();
            bytes.addAndGet(object.size());
            largest.accumulateAndGet(object.size(), Math::max);
        });
        if (count.get() > MOST_OBJECTS || largest.get() > LARGEST_OBJECT) {
            throw failed(
                    one,
                    new Failure(
                            "InputLimitExceeded",
                            "The input has more than " + MOST_OBJECTS + " objects, or an object of more than 5 GB"));
        }
        var _ = puts.rows().change(one, before -> before.counted(bytes.get()));
    }

    private ObjectSource source(BulkPut one) {
        InputS3Configuration input = one.request().inputS3Configuration();
        var access = new BucketAccess(input.s3BucketOwner(), BucketAccess.Encryption.AES256, Optional.empty());
        return new ObjectSource(
                buckets.named(input.s3Bucket(), access),
                input.s3KeyPrefix().orElse(""),
                input.inputFormat() == BulkOperationInputFormat.ION
                        ? new InputFormat.Ion()
                        : new InputFormat.DynamoDbJson(),
                RecordKind.PUT,
                input.inputCompressionType()
                        .map(given -> Compression.valueOf(given.wire()))
                        .orElse(Compression.NONE));
    }

    @Override
    public Ending finish(Job job) throws JobFailedException {
        Optional<BulkPut> found = running(job);
        if (found.isPresent()) {
            BulkPut one = found.get();
            BulkSums sums = puts.sums(one);
            Status end = sums.failed() == 0 ? Status.COMPLETED : Status.COMPLETED_WITH_ERRORS;
            Instant now = clock.instant();
            try {
                report(one, end, now, sums);
            } catch (BucketException e) {
                JobFailedException failure = FolderWriter.failure(e);
                puts.ended(
                        one,
                        Status.FAILED,
                        now,
                        Optional.of(new Failure(e.failure().code(), String.valueOf(e.getMessage()))));
                throw failure;
            }
            puts.ended(one, end, now, Optional.empty());
        }
        puts.rows().forgetWork(new ResourceId(job.token()));
        return new Ending.Complete();
    }

    private void report(BulkPut one, Status end, Instant now, BulkSums sums) {
        List<BulkFile> files = puts.rows().files(one.id());
        new BulkReport(one, buckets).manifest(end, now, sums, files);
    }

    @Override
    public void abandon(Job job) {
        objects.close(job);
        running(job).ifPresent(one -> {
            Status end = job.cancelRequested() ? Status.CANCELLED : Status.FAILED;
            Failure why = job.cancelRequested()
                    ? new Failure(
                            "Cancelled", "The bulk operation was cancelled. Items that were put stay in the table")
                    : new Failure("InternalError", "The bulk operation was abandoned; see ListJobs");
            Instant now = clock.instant();
            try {
                report(one, end, now, puts.sums(one));
            } catch (BucketException _) {
                // The end does not wait for the bucket: the counts are in the description.
            }
            puts.ended(one, end, now, Optional.of(why));
        });
        puts.rows().forgetWork(new ResourceId(job.token()));
    }

    private Optional<BulkPut> running(Job job) {
        var owner = new AccountRegion(job.subject().account(), job.subject().region());
        return puts.find(owner, new ResourceId(job.token()))
                .filter(one -> !one.status().isEnd());
    }
}
