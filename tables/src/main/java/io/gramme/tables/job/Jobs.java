package io.gramme.tables.job;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.job.Job.Counters;
import io.gramme.tables.job.Job.Part;
import io.gramme.tables.job.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The stored jobs of all accounts and regions: rows of tablespace 0.
 *
 * <pre>
 * partition "jobs"
 *   ACTIVE    job id       a queued or running job: {@link JobCodec}
 *   ENDED     job id       an ended one, for a while
 * partition "job", job id, part number, so that parts advance without contention
 *   PART                   a part that has begun
 * </pre>
 *
 * <p>Nothing is cached: every server of a store reads the same jobs. Safe for use by many threads.
 */
public final class Jobs {
    /** How long an ended job is kept, if there are no more than {@link #MOST_ENDED}. */
    static final Duration KEPT = Duration.ofDays(1);

    static final int MOST_ENDED = 1_000;

    private static final PartitionKey PARTITION = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("jobs"));

    /** Row kinds that nothing else in tablespace 0 uses. */
    private static final Bytes ACTIVE = Bytes.of(0x0a);

    private static final Bytes ENDED = Bytes.of(0x0b);
    private static final Bytes PART = Bytes.of(0x0c);
    private static final Comparator<Job> OLDEST_FIRST =
            Comparator.comparing(Job::created).thenComparing(Job::id);

    private final RowStore store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Jobs(RowStore store) {
        this.store = store;
    }

    /** Adds what runs after a change by this server that the job runner should see soon. */
    public void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    /** Stores a new job, unless there is one with its token already; returns the job that is stored. */
    public Job submit(Job job) {
        RowKey active = active(job.id());
        RowKey ended = ended(job.id());
        Job stored = store.transact(Set.of(active, ended), current -> {
            Optional<Job> found = job(Transition.row(current, active)).or(() -> job(Transition.row(current, ended)));
            return found.map(Outcome::unchanged)
                    .orElseGet(() -> new Outcome<>(List.of(new Write.Put(active, JobCodec.encode(job))), job));
        });
        if (stored.equals(job)) {
            changed();
        }
        return stored;
    }

    /** Runs an ended job again from its beginning. */
    public void restart(Job job) {
        deleteParts(job);
        RowKey active = active(job.id());
        RowKey ended = ended(job.id());
        var _ = store.transact(
                Set.of(active, ended),
                current -> Transition.row(current, ended).isEmpty()
                        ? Outcome.unchanged(false)
                        : new Outcome<>(
                                List.of(new Write.Put(active, JobCodec.encode(job)), new Write.Delete(ended)), true));
        changed();
    }

    /** The job with this id, whether it has ended or not. */
    public Optional<Job> find(String id) {
        // In this order, because it may end between the two reads.
        return job(store.get(active(id), Consistency.STRONG)).or(() -> job(store.get(ended(id), Consistency.STRONG)));
    }

    /** All jobs that have not ended, the oldest first. */
    public List<Job> active() {
        return all(ACTIVE).stream().sorted(OLDEST_FIRST).toList();
    }

    /** All jobs, the newest first. */
    public List<Job> all() {
        var byId = new HashMap<String, Job>();
        all(ACTIVE).forEach(job -> byId.put(job.id(), job));
        // A job that has ended since the first read is in both.
        all(ENDED).forEach(job -> byId.put(job.id(), job));
        return byId.values().stream().sorted(OLDEST_FIRST.reversed()).toList();
    }

    /** What a job has processed so far. */
    public Counters counters(Job job) {
        return job.state().isEnd() ? job.counters() : sum(parts(job));
    }

    static Counters sum(List<Part> parts) {
        return parts.stream().map(Part::counters).reduce(Counters.ZERO, Counters::plus);
    }

    /** Makes a job end as CANCELLED before its next step. */
    public void requestCancel(String id) {
        change(id, Job::cancelling);
        changed();
    }

    void start(Job job, Instant now) {
        change(job.id(), before -> before.starting(now));
    }

    private void change(String id, UnaryOperator<Job> edit) {
        RowKey key = active(id);
        var _ = store.transact(Set.of(key), current -> {
            Optional<Job> before = job(Transition.row(current, key));
            Optional<Job> after = before.map(edit);
            return after.equals(before)
                    ? Outcome.unchanged(after)
                    : new Outcome<>(List.of(new Write.Put(key, JobCodec.encode(after.orElseThrow()))), after);
        });
    }

    /** Ends a job. Its parts are folded into it, and are then deleted. */
    void end(Job job, State state, Optional<String> reason, Instant now) {
        Counters sums = sum(parts(job));
        RowKey active = active(job.id());
        RowKey ended = ended(job.id());
        var _ = store.transact(Set.of(active, ended), current -> {
            Optional<Job> before = job(Transition.row(current, active));
            if (before.isEmpty()) {
                return Outcome.unchanged(false);
            }
            Bytes after = JobCodec.encode(before.get().ending(state, reason, sums, now));
            return new Outcome<>(List.of(new Write.Delete(active), new Write.Put(ended, after)), true);
        });
        deleteParts(job);
    }

    /** The parts of a job, in the order of its ranges. */
    List<Part> parts(Job job) {
        List<Part> begun = new ArrayList<>(job.newParts());
        List<Optional<Row>> rows = store.getAll(begun.stream().map(Jobs::row).toList(), Consistency.STRONG);
        for (int i = 0; i < rows.size(); i++) {
            Optional<Row> row = rows.get(i);
            if (row.isPresent()) {
                begun.set(i, JobCodec.decodePart(row.get().value()));
            }
        }
        return List.copyOf(begun);
    }

    /**
     * Stores the progress of a part, unless its stored progress is another than {@code before}: then another server
     * has taken over.
     *
     * @return whether it was stored
     */
    boolean advance(Part before, Part after) {
        RowKey key = row(after);
        Bytes value = JobCodec.encode(after);
        return store.transact(Set.of(key), current -> {
            Optional<Part> stored = Transition.row(current, key).map(row -> JobCodec.decodePart(row.value()));
            boolean same =
                    stored.map(before::equals).orElseGet(() -> before.cursor().isEmpty() && !before.done());
            return same
                    ? new Outcome<>(List.of(new Write.Put(key, value)), true)
                    : Outcome.unchanged(stored.equals(Optional.of(after)));
        });
    }

    private void deleteParts(Job job) {
        for (Part part : parts(job)) {
            // A part without progress has no row.
            if (part.cursor().isPresent() || part.done()) {
                RowKey key = row(part);
                var _ = store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Delete(key)), true));
            }
        }
    }

    /** Forgets the jobs that ended long ago, and the oldest of those that are too many. */
    void forgetEnded(Instant now) {
        List<Job> newestFirst = all(ENDED).stream()
                .sorted(Comparator.comparing((Job job) -> job.ended().orElse(Instant.MIN))
                        .reversed())
                .toList();
        for (int i = 0; i < newestFirst.size(); i++) {
            Job job = newestFirst.get(i);
            boolean old = job.ended().orElse(Instant.MIN).isBefore(now.minus(KEPT));
            if (old || i >= MOST_ENDED) {
                deleteParts(job);
                RowKey key = ended(job.id());
                var _ = store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Delete(key)), true));
            }
        }
    }

    private List<Job> all(Bytes kind) {
        var found = new ArrayList<Job>();
        AllRows.scan(store, PARTITION, Range.startingWith(kind), row -> found.add(JobCodec.decode(row.value())));
        return found;
    }

    /** Runs the listeners: another server may have changed a job. */
    public void changed() {
        listeners.forEach(Runnable::run);
    }

    private static Optional<Job> job(Optional<Row> row) {
        return row.map(found -> JobCodec.decode(found.value()));
    }

    private static RowKey active(String id) {
        return new RowKey(PARTITION, ACTIVE.plus(Bytes.utf8(id)));
    }

    private static RowKey ended(String id) {
        return new RowKey(PARTITION, ENDED.plus(Bytes.utf8(id)));
    }

    private static RowKey row(Part part) {
        Bytes key = Bytes.utf8("job " + part.jobId() + " ").plus(Bytes.ofInt(part.number()));
        return new RowKey(new PartitionKey(TablespaceId.CATALOG, key), PART);
    }
}
