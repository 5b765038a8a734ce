package io.gramme.recovery.load;

import io.gramme.api.CsvOptions;
import io.gramme.api.ImportTableInput;
import io.gramme.api.InputFormatOptions;
import io.gramme.api.S3BucketSource;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Item;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kind of job that reads the objects of an import into its table. Each part has some of the objects, and reads one
 * after the other, some records with each step. What cannot be imported is counted and logged; the rest is imported.
 */
public final class ImportJob implements JobKind {
    static final String NAME = "IMPORT";

    private static final int STEP_RECORDS = 5_000;
    private static final int BATCH = 500;

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
        Optional<ObjectRun> next = objects.run(source(one, table), job, part, cursor);
        if (next.isEmpty()) {
            return new Step.Done(Job.Counters.ZERO);
        }
        try (ObjectRun reading = next.get()) {
            var run = new Run(table, reading);
            run.read();
            Totals before = Totals.decode(cursor.sums());
            Totals totals = before.plus(new Totals(reading.taken(), run.failed, reading.bytes()));
            List<ItemError> logged = before.errors() >= MOST_LOGGED ? List.of() : run.errors;
            imports.rows().put(one.id(), part.number(), totals, logged);
            objects.keep(job, part, reading);
            var processed = new Job.Counters(reading.taken(), reading.bytes(), 0);
            return new Step.Advanced(reading.reached(totals.encode()).encode(), processed);
        }
    }

    /** One step's work on one object. */
    private final class Run {
        private final Table table;
        private final ObjectRun reading;
        private final List<ItemError> errors = new ArrayList<>();
        private final List<Item> batch = new ArrayList<>();
        private long failed;

        Run(Table table, ObjectRun reading) {
            this.table = table;
            this.reading = reading;
        }

        void read() {
            do {
                reading.next().ifPresent(this::take);
            } while (!reading.isEnded() && reading.taken() < STEP_RECORDS);
            load();
        }

        private void take(ImportRecord record) {
            switch (record) {
                case ImportRecord.Valid(long index, Item item) -> take(index, item);
                case ImportRecord.Conditional(long index, Item item, var _) -> take(index, item);
                case ImportRecord.Invalid(long index, String message) -> fail(index, message);
                case ImportRecord.Unreadable(long index, String message) -> fail(index, message);
            }
        }

        private void take(long index, Item item) {
            try {
                var _ = new PutAction(item, WriteCondition.NONE).on(table);
                batch.add(item);
                if (batch.size() >= BATCH) {
                    load();
                }
            } catch (ApiException refused) {
                fail(index, String.valueOf(refused.getMessage()));
            }
        }

        private void fail(long index, String message) {
            failed++;
            errors.add(new ItemError(reading.object(), index, message));
        }

        private void load() {
            items.load(table, batch);
            batch.clear();
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
