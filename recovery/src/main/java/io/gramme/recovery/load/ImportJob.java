package io.gramme.recovery.load;

import io.gramme.api.CsvOptions;
import io.gramme.api.ImportTableInput;
import io.gramme.api.InputFormatOptions;
import io.gramme.api.S3BucketSource;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.export.FolderWriter;
import io.gramme.recovery.load.Import.Totals;
import io.gramme.recovery.load.Imports.ItemError;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.PutAction;
import io.gramme.tables.item.WriteCondition;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.format.Compression;
import io.gramme.transfer.format.ImportRecord;
import io.gramme.transfer.format.InputFormat;
import io.gramme.transfer.format.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kind of job that reads the objects of an import into its table. Each part has some of the objects, and reads one
 * after the other: with each step some records of a large one, or several small ones. What cannot be imported is
 * counted and logged; the rest is imported.
 */
public final class ImportJob implements JobKind {
    static final String NAME = "IMPORT";

    private static final int STEP_RECORDS = 5_000;
    private static final int STEP_OBJECTS = 200;

    /** After this time a step begins no further object: one of a bucket elsewhere may take long to open. */
    private static final Duration STEP_TIME = Duration.ofMillis(500);

    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 4 << 20;

    /** The service logs no more errors than this; so does each part here. */
    private static final int MOST_LOGGED = 10_000;

    private final Tables tables;
    private final TableLifecycle life;
    private final ItemStore items;
    private final Imports imports;
    private final Buckets buckets;

    private final ObjectParts objects = new ObjectParts();

    public ImportJob(Tables tables, TableLifecycle life, ItemStore items, Imports imports, Buckets buckets) {
        this.tables = tables;
        this.life = life;
        this.items = items;
        this.imports = imports;
        this.buckets = buckets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) throws JobFailedException {
        Optional<Import> found = running(job);
        Optional<Table> target = found.flatMap(one -> target(one, job));
        if (target.isEmpty()) {
            return new Step.Obsolete("The table was deleted");
        }
        ObjectCursor cursor = part.cursor().map(ObjectCursor::decode).orElse(ObjectCursor.START);
        try {
            return step(found.get(), target.get(), job, part, cursor);
        } catch (BucketException e) {
            JobFailedException failure = FolderWriter.failure(e);
            fail(found.get(), new Import.Failure(e.failure().code(), String.valueOf(e.getMessage())));
            throw failure;
        }
    }

    private Step step(Import one, Table table, Job job, Job.Part part, ObjectCursor cursor) {
        ObjectSource source = source(one, table);
        var run = new Run(table);
        ObjectCursor reached = cursor;
        while (run.hasRoom()) {
            Optional<ObjectRun> next = objects.run(source, job, part, reached);
            if (next.isEmpty()) {
                break;
            }
            try (ObjectRun reading = next.get()) {
                run.read(reading);
                // The totals follow when the step's last item is stored.
                reached = reading.reached(reached.sums());
                objects.keep(job, part, reading);
            }
        }
        if (run.objects == 0) {
            return new Step.Done(Job.Counters.ZERO);
        }
        run.load();
        Totals before = Totals.decode(cursor.sums());
        Totals totals = before.plus(new Totals(run.records, run.failed, run.bytes));
        List<ItemError> logged = before.errors() >= MOST_LOGGED ? List.of() : run.errors;
        imports.rows().put(one.id(), part.number(), totals, logged);
        var processed = new Job.Counters(run.records, run.bytes, 0);
        return new Step.Advanced(reached.withSums(totals.encode()).encode(), processed);
    }

    /** An item that fits the table, and the record that has it. */
    private record Loaded(String object, long index, Item item) {}

    /** One step's work, on one object or on several that are small. */
    private final class Run {
        private final Table table;
        private final List<ItemError> errors = new ArrayList<>();
        private final List<Loaded> batch = new ArrayList<>();
        private final long begun = System.nanoTime();
        private int batchBytes;
        private int objects;
        private long records;
        private long failed;
        private long bytes;

        Run(Table table) {
            this.table = table;
        }

        boolean hasRoom() {
            return records < STEP_RECORDS && objects < STEP_OBJECTS && System.nanoTime() - begun < STEP_TIME.toNanos();
        }

        void read(ObjectRun reading) {
            do {
                reading.next().ifPresent(record -> take(reading.object(), record));
            } while (!reading.isEnded() && records + reading.taken() < STEP_RECORDS);
            objects++;
            records += reading.taken();
            bytes += reading.bytes();
        }

        private void take(String object, ImportRecord record) {
            switch (record) {
                case ImportRecord.Valid(long index, Item item) -> take(object, index, item);
                case ImportRecord.Conditional(long index, Item item, var _) -> take(object, index, item);
                case ImportRecord.Invalid(long index, String message) -> fail(object, index, message);
                case ImportRecord.Unreadable(long index, String message) -> fail(object, index, message);
            }
        }

        private void take(String object, long index, Item item) {
            try {
                var _ = new PutAction(item, WriteCondition.NONE).on(table);
            } catch (ApiException refused) {
                fail(object, index, refused.text());
                return;
            }
            batch.add(new Loaded(object, index, item));
            batchBytes += ItemSize.of(item);
            if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
                load();
            }
        }

        private void fail(String object, long index, String message) {
            failed++;
            errors.add(new ItemError(object, index, message));
        }

        /** @throws ApiException if the store refuses writes for a while, so that the step has to run again */
        void load() {
            try {
                items.load(table, batch.stream().map(Loaded::item).toList());
            } catch (ApiException refusal) {
                requireOfAnItem(refusal);
                batch.forEach(this::loadAlone);
            }
            batch.clear();
            batchBytes = 0;
        }

        /** One of the items has no place in its collection: each is tried alone. */
        private void loadAlone(Loaded one) {
            try {
                items.load(table, List.of(one.item));
            } catch (ApiException refusal) {
                requireOfAnItem(refusal);
                fail(one.object, one.index, refusal.text());
            }
        }

        private static void requireOfAnItem(ApiException refusal) {
            if (refusal.code() != ErrorCode.ITEM_COLLECTION_TOO_LARGE) {
                throw refusal;
            }
        }
    }

    private ObjectSource source(Import one, Table table) {
        ImportTableInput request = one.request();
        S3BucketSource place = request.s3BucketSource();
        var access = new BucketAccess(place.s3BucketOwner(), BucketAccess.Encryption.AES256, Optional.empty());
        Compression compression = request.inputCompressionType()
                .map(given -> Compression.valueOf(given.wire()))
                .orElse(Compression.NONE);
        return new ObjectSource(
                buckets.named(place.s3Bucket(), access),
                place.s3KeyPrefix().orElse(""),
                format(request, table),
                RecordKind.ITEM,
                compression);
    }

    private static InputFormat format(ImportTableInput request, Table table) {
        return switch (request.inputFormat()) {
            case DYNAMODB_JSON -> new InputFormat.DynamoDbJson();
            case ION -> new InputFormat.Ion();
            case CSV -> {
                Optional<CsvOptions> options = request.inputFormatOptions().flatMap(InputFormatOptions::csv);
                yield new InputFormat.Csv(
                        options.flatMap(CsvOptions::delimiter)
                                .map(text -> text.charAt(0))
                                .orElse(','),
                        options.flatMap(CsvOptions::headerList),
                        keyTypes(table));
            }
        };
    }

    private static Map<String, Value.Type> keyTypes(Table table) {
        return table.definitions().stream()
                .collect(Collectors.toMap(KeyAttribute::name, KeyAttribute::type, (one, _) -> one));
    }

    @Override
    public Ending finish(Job job) {
        running(job).ifPresent(one -> {
            target(one, job).ifPresent(_ -> life.settle(tables.loaded(one.table(), one.tableId())));
            boolean sound = imports.totals(one).errors() == 0;
            imports.ended(
                    one,
                    sound
                            ? Optional.empty()
                            : Optional.of(new Import.Failure(
                                    "ItemValidationError",
                                    "Some of the items failed validation checks and were not imported. Please check"
                                            + " CloudWatch error logs for more details.")));
        });
        return new Ending.Complete();
    }

    @Override
    public void abandon(Job job) {
        objects.close(job);
        running(job)
                .ifPresent(one ->
                        fail(one, new Import.Failure("Cancelled", "The import was cancelled, and its table deleted")));
    }

    private void fail(Import one, Import.Failure why) {
        imports.ended(one, Optional.of(why));
        tables.abandonLoad(one.table(), one.tableId()).ifPresent(life::settle);
    }

    private Optional<Import> running(Job job) {
        var owner = new AccountRegion(job.subject().account(), job.subject().region());
        return imports.find(owner, new ResourceId(job.token()))
                .filter(one -> one.status() == Import.Status.IN_PROGRESS);
    }

    /** The table, as long as it is to be filled by the job. */
    private Optional<Table> target(Import one, Job job) {
        return tables.lookUp(one.table())
                .filter(table -> table.id().equals(one.tableId()))
                .filter(table -> table.loading()
                        .filter(load -> load.job().equals(job.id()))
                        .isPresent());
    }
}
