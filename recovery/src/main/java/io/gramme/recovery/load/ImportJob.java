package io.gramme.recovery.load;

import io.gramme.api.CsvOptions;
import io.gramme.api.ImportTableInput;
import io.gramme.api.InputFormatOptions;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.export.FolderWriter;
import io.gramme.recovery.load.Import.Totals;
import io.gramme.recovery.load.ImportRows.ItemError;
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
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.format.Compression;
import io.gramme.transfer.format.ImportRecord;
import io.gramme.transfer.format.InputFormat;
import io.gramme.transfer.format.ItemReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kind of job that reads the objects of an import into its table. Each part has some of the objects, and reads one
 * after the other, some records with each step. What cannot be imported is counted and logged; the rest is imported.
 */
public final class ImportJob implements JobKind {
    static final String NAME = "IMPORT";

    private static final int STEP_RECORDS = 5_000;
    private static final int BATCH = 500;
    private static final int PAGE = 1_000;

    /** The service logs no more errors than this; so does each part here. */
    private static final int MOST_LOGGED = 10_000;

    private final Tables tables;
    private final TableLifecycle life;
    private final ItemStore items;
    private final Imports imports;
    private final Buckets buckets;

    /** The objects that are being read, by job and part: a step continues where the last one left the stream. */
    private final Map<String, OpenObject> open = new ConcurrentHashMap<>();

    /** @param next the number of the record that the reader is before */
    private record OpenObject(String key, long next, ItemReader reader) {}

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
            close(job, part);
            return new Step.Obsolete("The table was deleted");
        }
        ImportCursor cursor = part.cursor().map(ImportCursor::decode).orElse(ImportCursor.START);
        try {
            return step(found.get(), target.get(), job, part, cursor);
        } catch (BucketException e) {
            close(job, part);
            JobFailedException failure = FolderWriter.failure(e);
            fail(found.get(), new Import.Failure(e.failure().code(), String.valueOf(e.getMessage())));
            throw failure;
        }
    }

    private Step step(Import one, Table table, Job job, Job.Part part, ImportCursor cursor) {
        Bucket bucket = bucket(one);
        Optional<String> object =
                cursor.next() >= 0 ? Optional.of(cursor.object()) : next(bucket, one, part, cursor.object());
        if (object.isEmpty()) {
            return new Step.Done(Job.Counters.ZERO);
        }
        long begin = Math.max(0, cursor.next());
        OpenObject reading = reading(one, table, bucket, job, part, object.get(), begin);
        var run = new Run(table, object.get());
        boolean more = run.read(reading.reader);
        long read = reading.reader.storedBytes();
        long counted = cursor.next() >= 0 ? cursor.objectBytes() : 0;
        Totals totals = cursor.totals().plus(new Totals(run.processed, run.failed, Math.max(0, read - counted)));
        List<ItemError> logged = cursor.totals().errors() >= MOST_LOGGED ? List.of() : run.errors;
        imports.rows().put(one.id(), part.number(), totals, logged);
        long next = begin + run.processed;
        if (more) {
            open.put(place(job, part), new OpenObject(object.get(), next, reading.reader));
        } else {
            close(job, part);
        }
        Bytes reached = new ImportCursor(object.get(), more ? next : -1, Math.max(read, counted), totals).encode();
        return new Step.Advanced(reached, new Job.Counters(run.processed, Math.max(0, read - counted), 0));
    }

    /** One step's work on one object. */
    private final class Run {
        private final Table table;
        private final String object;
        private final List<ItemError> errors = new ArrayList<>();
        private final List<Item> batch = new ArrayList<>();
        private long processed;
        private long failed;

        Run(Table table, String object) {
            this.table = table;
            this.object = object;
        }

        /** Returns whether the object may have more records. */
        boolean read(ItemReader reader) {
            boolean more = true;
            while (more && processed < STEP_RECORDS) {
                Optional<ImportRecord> next = reader.next();
                more = next.isPresent() && !(next.get() instanceof ImportRecord.Unreadable);
                next.ifPresent(this::take);
            }
            load();
            return more;
        }

        private void take(ImportRecord record) {
            processed++;
            switch (record) {
                case ImportRecord.Valid(long index, Item item) -> take(index, item);
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
            errors.add(new ItemError(object, index, message));
        }

        private void load() {
            items.load(table, batch);
            batch.clear();
        }
    }

    /** The next object of a part after one, in the order of keys. */
    private static Optional<String> next(Bucket bucket, Import one, Job.Part part, String after) {
        String prefix = one.request().s3BucketSource().s3KeyPrefix().orElse("");
        String last = after;
        while (true) {
            List<ObjectSummary> page = bucket.list(prefix, last, PAGE);
            Optional<String> found = page.stream()
                    .map(ObjectSummary::key)
                    .filter(key -> !key.endsWith("/"))
                    .filter(key -> Math.floorMod(key.hashCode(), part.range().to())
                            == part.range().from())
                    .findFirst();
            if (found.isPresent() || page.size() < PAGE) {
                return found;
            }
            last = page.getLast().key();
        }
    }

    private OpenObject reading(Import one, Table table, Bucket bucket, Job job, Job.Part part, String key, long begin) {
        OpenObject kept = open.get(place(job, part));
        if (kept != null && kept.key.equals(key) && kept.next == begin) {
            return kept;
        }
        close(job, part);
        Compression compression = one.request()
                .inputCompressionType()
                .map(given -> Compression.valueOf(given.wire()))
                .orElse(Compression.NONE);
        ItemReader reader = ItemReader.open(bucket.get(key, 0), format(one.request(), table), compression, begin);
        var opened = new OpenObject(key, begin, reader);
        open.put(place(job, part), opened);
        return opened;
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

    private Bucket bucket(Import one) {
        var access = new BucketAccess(
                one.request().s3BucketSource().s3BucketOwner(), BucketAccess.Encryption.AES256, Optional.empty());
        return buckets.named(one.request().s3BucketSource().s3Bucket(), access);
    }

    private static String place(Job job, Job.Part part) {
        return job.id() + "/" + part.number();
    }

    private void close(Job job, Job.Part part) {
        OpenObject kept = open.remove(place(job, part));
        if (kept != null) {
            kept.reader.close();
        }
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
        Stream.iterate(0, part -> part + 1)
                .limit(job.ranges().size())
                .map(part -> open.remove(job.id() + "/" + part))
                .filter(kept -> kept != null)
                .forEach(kept -> kept.reader.close());
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
