package io.gramme.recovery.export;

import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.ExportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.ResourceIds;
import io.gramme.recovery.export.Export.Status;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.tables.item.TableParts;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The exports of all tables. An export is a record, a keeper of its table's history, and an {@link ExportJob}. */
public final class Exports {
    /** The service's limit of exports that run at once, for an account. */
    static final int MOST = 300;

    /** How long after its end a token still names its export, and how long an export is listed (measured). */
    private static final Duration TOKEN = Duration.ofHours(8);

    private static final Duration LISTED = Duration.ofDays(90);

    /** For how long a table's history is held for an export at most. */
    private static final Duration RETENTION = Duration.ofDays(35);

    private final ExportRows rows;
    private final Tables tables;
    private final Jobs jobs;
    private final ResourceIds ids;
    private final InstantSource clock;

    public Exports(RowStore store, Tables tables, Jobs jobs, RandomGenerator random, InstantSource clock) {
        this.rows = new ExportRows(store);
        this.tables = tables;
        this.jobs = jobs;
        this.ids = new ResourceIds(random, clock);
        this.clock = clock;
    }

    /**
     * Begins an export.
     *
     * @param from the position behind the changes before the window of an incremental export
     * @param to the position of the items
     * @param time that is shown for {@code to}
     */
    public Export begin(
            Table table,
            ExportTableToPointInTimeInput request,
            ExportFilter filter,
            Optional<LogPosition> from,
            LogPosition to,
            Instant time) {
        requireFew(table.accountRegion());
        Export export = new Export(
                ids.next(id -> rows.get(table.accountRegion(), id).isPresent()),
                table.withHistory(Optional.empty()),
                request,
                Status.IN_PROGRESS,
                time,
                from,
                to,
                Optional.empty(),
                0,
                0,
                Optional.empty());
        var keeper = new Keeper(export.keeper(), RETENTION, from.orElse(to).version());
        // In this order: after a crash in between, the keeper is released as one without an owner.
        if (!tables.histories().hold(table.address(), table.id(), keeper)) {
            throw BackupErrors.tableNotFound(table.arn());
        }
        rows.put(export);
        submit(export, filter);
        return export;
    }

    /** Submits the job of an export, unless there is one. */
    private void submit(Export export, ExportFilter filter) {
        Table table = export.source();
        AccountRegion owner = table.accountRegion();
        long items = tables.statistics().of(table).items();
        List<Job.Range> ranges = filter.partition()
                .map(values -> List.of(TableParts.of(table, values)))
                .orElseGet(() -> TableParts.of(table, items));
        var subject = new Job.Subject(
                owner.account(),
                owner.region(),
                table.name(),
                table.id(),
                Optional.of(export.id().text()));
        Job job = Job.of(ExportJob.NAME, subject, export.id().text(), ranges, clock.instant());
        jobs.submit(export.isIncremental() ? job : job.withTotal(items));
    }

    /** Submits the jobs of running exports that a crash kept from them. */
    public void resume() {
        rows.all().stream()
                .filter(export -> export.status() == Status.IN_PROGRESS)
                .filter(export -> jobs.find(jobId(export)).isEmpty())
                .forEach(export -> submit(export, ExportFilter.of(export)));
    }

    /** The id of the job of an export. */
    public static String jobId(Export export) {
        AccountRegion owner = export.source().accountRegion();
        var subject = new Job.Subject(
                owner.account(),
                owner.region(),
                export.source().name(),
                export.source().id(),
                Optional.empty());
        return Job.id(ExportJob.NAME, subject, export.id().text());
    }

    private void requireFew(AccountRegion owner) {
        long running = rows.of(owner).stream()
                .filter(export -> export.status() == Status.IN_PROGRESS)
                .count();
        if (running >= MOST) {
            throw ExportErrors.tooManyExports(MOST);
        }
    }

    /** The export that a request with this token began, if the token still counts. */
    public Optional<Export> ofToken(AccountRegion owner, String token) {
        Instant now = clock.instant();
        return rows.of(owner).stream()
                .filter(export -> export.request().clientToken().equals(Optional.of(token)))
                .filter(export -> export.ended().isEmpty()
                        || now.isBefore(export.ended().get().plus(TOKEN)))
                .findFirst();
    }

    public Optional<Export> find(AccountRegion owner, ResourceId id) {
        return rows.get(owner, id);
    }

    /** The exports of an account and region, the newest first. */
    public List<Export> of(AccountRegion owner) {
        return rows.of(owner).reversed();
    }

    /** All exports of all accounts and regions. */
    public List<Export> all() {
        return rows.all();
    }

    void completed(Export export, long items, long bytes) {
        rows.change(export, before -> before.completed(clock.instant(), items, bytes));
        release(export);
    }

    void failed(Export export, Export.Failure why) {
        rows.change(
                export, before -> before.status() == Status.IN_PROGRESS ? before.failed(clock.instant(), why) : before);
        release(export);
    }

    private void release(Export export) {
        tables.histories().release(export.source().address(), export.source().id(), export.keeper());
    }

    /** Deletes the records of exports that ended long ago. The files stay. */
    public void forgetOld() {
        Instant now = clock.instant();
        rows.all().stream()
                .filter(export -> export.ended()
                        .filter(ended -> ended.plus(LISTED).isBefore(now))
                        .isPresent())
                .forEach(rows::delete);
    }
}
