package io.gramme.recovery.load;

import io.gramme.api.StartBulkPutItemsInput;
import io.gramme.core.error.BulkErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.ResourceIds;
import io.gramme.recovery.load.BulkPut.Status;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** The bulk puts into existing tables. A bulk put is a record and a {@link BulkPutJob}. */
public final class BulkPuts {
    /** How many may run at once, for an account. Inferred from imports. */
    static final int MOST = 50;

    /** How long after its start a token still names its bulk put, and how long after its end it is listed. */
    private static final Duration TOKEN = Duration.ofHours(8);

    private static final Duration LISTED = Duration.ofDays(90);

    /** By when the request that began a bulk put has submitted its job. */
    private static final Duration SUBMITTED = Duration.ofMinutes(1);

    private final BulkPutRows rows;
    private final Jobs jobs;
    private final ResourceIds ids;
    private final InstantSource clock;

    public BulkPuts(RowStore store, Jobs jobs, RandomGenerator random, InstantSource clock) {
        this.rows = new BulkPutRows(store);
        this.jobs = jobs;
        this.ids = new ResourceIds(random, clock);
        this.clock = clock;
    }

    /** Begins a bulk put into a table. */
    public BulkPut begin(Table table, StartBulkPutItemsInput request) {
        AccountRegion owner = table.accountRegion();
        requireFew(owner);
        var made = new BulkPut(
                ids.next(id -> rows.get(owner, id).isPresent()),
                table.address(),
                table.id(),
                request,
                Status.IN_PROGRESS,
                OptionalLong.empty(),
                Optional.empty(),
                BulkSums.ZERO,
                Optional.empty());
        rows.put(made);
        submit(made);
        return made;
    }

    /** Submits the job of a bulk put, unless there is one. */
    private void submit(BulkPut one) {
        Job job = Job.of(BulkPutJob.NAME, subject(one), one.id().text(), ObjectSource.parts(), clock.instant());
        var _ = jobs.submit(one.request()
                .maxWriteRequestUnits()
                .map(job::withItemsPerSecond)
                .orElse(job));
    }

    private static Job.Subject subject(BulkPut one) {
        AccountRegion owner = one.table().accountRegion();
        return new Job.Subject(owner.account(), owner.region(), one.table().name(), one.tableId(), Optional.empty());
    }

    private void requireFew(AccountRegion owner) {
        if (rows.of(owner).stream().filter(one -> !one.status().isEnd()).count() >= MOST) {
            throw BulkErrors.tooManyOperations(MOST);
        }
    }

    /** The bulk put that a request with this token began, if the token still counts. */
    public Optional<BulkPut> ofToken(AccountRegion owner, String token) {
        Instant oldest = clock.instant().minus(TOKEN);
        return rows.of(owner).reversed().stream()
                .filter(one -> one.request().clientToken().equals(Optional.of(token)))
                .filter(one -> one.started().isAfter(oldest))
                .findFirst();
    }

    public Optional<BulkPut> find(AccountRegion owner, ResourceId id) {
        return rows.get(owner, id);
    }

    /** The bulk puts of an account and region that are running or ended less than 90 days ago, the newest first. */
    public List<BulkPut> of(AccountRegion owner) {
        Instant now = clock.instant();
        return rows.of(owner).reversed().stream()
                .filter(one -> !isOld(one, now))
                .toList();
    }

    private static boolean isOld(BulkPut one, Instant now) {
        return one.ended().filter(ended -> ended.plus(LISTED).isBefore(now)).isPresent();
    }

    /** What a bulk put has done so far. */
    public BulkSums sums(BulkPut one) {
        return one.status().isEnd() ? one.sums() : rows.sums(one.id());
    }

    /**
     * Requests the end of a bulk put, which ends before its next step and keeps what it has put. One that has ended
     * stays as it is.
     */
    public BulkPut cancel(BulkPut one) {
        BulkPut stored = rows.change(one, BulkPut::cancelling).orElse(one);
        if (stored.status() == Status.CANCELLING) {
            jobs.requestCancel(Job.id(BulkPutJob.NAME, subject(one), one.id().text()));
        }
        return stored;
    }

    /**
     * Deletes the records of bulk puts that ended long ago, whose reports stay. Submits the jobs of those whose server
     * stopped between the record and the job.
     */
    public void attend() {
        Instant now = clock.instant();
        for (BulkPut one : rows.all()) {
            if (isOld(one, now)) {
                rows.delete(one);
            } else if (!one.status().isEnd() && one.started().plus(SUBMITTED).isBefore(now)) {
                submit(one);
                if (one.status() == Status.CANCELLING) {
                    var _ = cancel(one);
                }
            }
        }
    }

    BulkPutRows rows() {
        return rows;
    }

    /** Ends a bulk put, unless it has ended. */
    void ended(BulkPut one, Status end, Instant now, Optional<BulkPut.Failure> why) {
        BulkSums sums = rows.sums(one.id());
        var _ = rows.change(one, before -> before.ended(end, now, sums, why));
    }
}
