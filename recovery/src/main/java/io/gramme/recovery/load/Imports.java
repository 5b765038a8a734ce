package io.gramme.recovery.load;

import io.gramme.api.ImportTableInput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ImportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.ResourceIds;
import io.gramme.recovery.load.Import.Status;
import io.gramme.recovery.load.Import.Totals;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLoad;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The imports into new tables. An import is a record, a table in CREATING, and an {@link ImportJob}. */
public final class Imports {
    /** The service's limit of imports that run at once, for an account. */
    static final int MOST = 50;

    private static final Duration LISTED = Duration.ofDays(90);

    private final ImportRows rows;
    private final Tables tables;
    private final Jobs jobs;
    private final ResourceIds ids;
    private final InstantSource clock;

    public Imports(RowStore store, Tables tables, Jobs jobs, RandomGenerator random, InstantSource clock) {
        this.rows = new ImportRows(store);
        this.tables = tables;
        this.jobs = jobs;
        this.ids = new ResourceIds(random, clock);
        this.clock = clock;
    }

    /** An item that was not imported: the object, the index of the record in it, and the reason. */
    public record ItemError(String object, long index, String message) {}

    /**
     * Errors in the order of objects and records.
     *
     * @param last where to resume; empty if there are no more
     */
    public record ErrorPage(List<ItemError> errors, Optional<Bytes> last) {
        public ErrorPage {
            errors = List.copyOf(errors);
        }
    }

    /** Begins an import into a table that is not stored yet. */
    public Import begin(Table target, ImportTableInput request) {
        AccountRegion owner = target.accountRegion();
        requireFew(owner);
        Import made = new Import(
                ids.next(id -> rows.get(owner, id).isPresent()),
                target.address(),
                target.id(),
                request,
                Status.IN_PROGRESS,
                Optional.empty(),
                Totals.ZERO,
                Optional.empty());
        Job job = job(made);
        rows.put(made);
        try {
            var _ = tables.create(target.withLoading(Optional.of(new TableLoad(job.id(), Optional.empty()))));
        } catch (RuntimeException e) {
            rows.delete(made);
            throw e;
        }
        jobs.submit(job);
        return made;
    }

    private Job job(Import one) {
        AccountRegion owner = one.table().accountRegion();
        var subject =
                new Job.Subject(owner.account(), owner.region(), one.table().name(), one.tableId(), Optional.empty());
        return Job.of(ImportJob.NAME, subject, one.id().text(), ObjectSource.parts(), clock.instant());
    }

    /**
     * Submits the jobs of running imports that a crash kept from them.
     *
     * @return those that have no table either, so that they never began or are about to begin
     */
    public List<Import> resume() {
        var without = new ArrayList<Import>();
        for (Import one : rows.all()) {
            Job wanted = job(one);
            if (one.status() != Status.IN_PROGRESS || jobs.find(wanted.id()).isPresent()) {
                continue;
            }
            boolean loading = tables.lookUp(one.table())
                    .flatMap(Table::loading)
                    .filter(load -> load.job().equals(wanted.id()))
                    .isPresent();
            if (loading) {
                var _ = jobs.submit(wanted);
            } else {
                without.add(one);
            }
        }
        return without;
    }

    /** Deletes the record of an import that never began. */
    public void forget(Import one) {
        rows.delete(one);
    }

    private void requireFew(AccountRegion owner) {
        if (rows.of(owner).stream()
                        .filter(one -> one.status() == Status.IN_PROGRESS)
                        .count()
                >= MOST) {
            throw ImportErrors.tooManyImports(MOST);
        }
    }

    /** The running import that a request with this token began. */
    public Optional<Import> ofToken(AccountRegion owner, String token) {
        return rows.of(owner).stream()
                .filter(one -> one.status() == Status.IN_PROGRESS)
                .filter(one -> one.request().clientToken().equals(Optional.of(token)))
                .findFirst();
    }

    public Optional<Import> find(AccountRegion owner, ResourceId id) {
        return rows.get(owner, id);
    }

    /** The imports of an account and region, the newest first. */
    public List<Import> of(AccountRegion owner) {
        return rows.of(owner).reversed();
    }

    /** What an import has read so far. */
    public Totals totals(Import one) {
        return one.status() == Status.IN_PROGRESS ? rows.totals(one.id()) : one.totals();
    }

    /**
     * Some of the items that were not imported, as far as they are logged: 10,000 for each part of the job and a few
     * more.
     *
     * @param after the {@link ErrorPage#last} of the page before
     * @param limit at least 1; a page has fewer if it would take much memory
     */
    public ErrorPage errors(Import one, Optional<Bytes> after, int limit) {
        return rows.errors(one.id(), after, limit);
    }

    /** Whether these bytes have the form of {@link ErrorPage#last}. */
    public static boolean isPlace(Bytes given) {
        return ImportRows.isError(given);
    }

    /** Deletes the records of imports that ended long ago. */
    public void forgetOld() {
        Instant now = clock.instant();
        rows.all().stream()
                .filter(one -> one.ended()
                        .filter(ended -> ended.plus(LISTED).isBefore(now))
                        .isPresent())
                .forEach(rows::delete);
    }

    ImportRows rows() {
        return rows;
    }

    void ended(Import one, Optional<Import.Failure> why) {
        Totals sums = rows.totals(one.id());
        rows.change(
                one,
                before -> before.status() == Status.IN_PROGRESS ? before.ended(clock.instant(), sums, why) : before);
    }
}
