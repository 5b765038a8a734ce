package io.gramme.delivery.follow;

import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.log.LogShard;
import io.gramme.tables.log.TrimPositions;
import io.gramme.tables.stream.StreamReader;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pass of a log consumer that reads one slot of the log to its end, and delivers its changes, one batch after the
 * other.
 *
 * <p>One thread runs the pass; any thread may read the progress.
 */
final class Lane implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    /** The longest time that a change stays in the log before the lane reads it. */
    static final Duration POLL = Duration.ofMillis(100);

    /** The rest of a lane that has nothing left to read; the lane is closed before it is over. */
    private static final Duration NEVER = Duration.ofHours(1);

    /**
     * How often an idle lane stores its position. An older position would look as if trimmed changes had been missed.
     */
    private static final Duration STORED_EVERY = Duration.ofHours(1);

    /**
     * How often a lane reads its log even if the high watermark has not moved: its position must not become old, and a
     * server of an earlier version does not raise the high watermark.
     */
    private static final Duration READ_AT_LEAST_EVERY = Duration.ofMinutes(1);

    private static final int MOST_ROWS = 10_000;

    private final ConsumerSlot place;
    private final Supplier<Optional<LogShard>> shard;
    private final Receiver receiver;
    private final RowStore store;
    private final TrimPositions trimmed;
    private final Positions positions;
    private final InstantSource clock;
    private final Budget batch;
    private final Budget page;
    private final Runnable onEnd;

    /** All changes up to this position are done. */
    private LogPosition done;

    private LogPosition stored;

    /** When the log was last read to its end; cleared when there may be more. */
    private Instant exhausted = Instant.MIN;

    private boolean isLate;
    private volatile Optional<Instant> waiting = Optional.empty();
    private volatile Optional<Instant> missed = Optional.empty();

    /**
     * @param shard its current state, while it exists
     * @param from the changes up to it are done, and it is stored as the position of this slot
     * @param onEnd called when everything has been delivered that the shard will ever have
     */
    Lane(
            ConsumerSlot place,
            Supplier<Optional<LogShard>> shard,
            Receiver receiver,
            RowStore store,
            Positions positions,
            InstantSource clock,
            Budget batch,
            LogPosition from,
            Runnable onEnd) {
        this.place = place;
        this.shard = shard;
        this.receiver = receiver;
        this.store = store;
        this.trimmed = new TrimPositions(store);
        this.positions = positions;
        this.clock = clock;
        this.batch = batch;
        // About one in this many records of a shard belongs to this lane.
        this.page = new Budget((int) Math.min(MOST_ROWS, (long) batch.rows() * place.lanes()), batch.bytes());
        this.onEnd = onEnd;
        this.done = from;
        this.stored = from;
    }

    /** When the oldest undelivered change was made. */
    Optional<Instant> waiting() {
        return waiting;
    }

    /** When the lane last found that changes were trimmed before it could deliver them. */
    Optional<Instant> missed() {
        return missed;
    }

    @Override
    public Duration run() throws InterruptedException {
        Optional<LogShard> found = shard.get();
        if (found.isEmpty()) {
            return NEVER;
        }
        if (found.get().endsBy(done)) {
            store();
            onEnd.run();
            return NEVER;
        }
        lookWhetherLate(found.get());
        if (found.get().end().isEmpty() && isIdle()) {
            return POLL;
        }
        exhausted = Instant.MIN;
        Instant begun = clock.instant();
        LogShard.Reading read = found.get().read(store.changes(), done, page);
        // The shard is looked up again: an end set in the meantime lies among the records read, or behind all of them.
        Optional<LogShard> afterwards = shard.get();
        return afterwards.isEmpty() ? NEVER : handOver(read.within(afterwards.get()), begun);
    }

    /** Whether everything in every log is read already, so that reading this log would find nothing. */
    private boolean isIdle() {
        return store.changes().highWatermark().compareTo(done) <= 0
                && clock.instant().minus(READ_AT_LEAST_EVERY).isBefore(exhausted);
    }

    private Duration handOver(LogShard.Reading read, Instant begun) throws InterruptedException {
        List<LogRecord> mine = read.records().stream().filter(this::isMine).toList();
        List<LogEntry> entries =
                mine.stream().limit(batch.rows()).map(LogEntry::of).toList();
        boolean all = entries.size() == mine.size();
        if (entries.isEmpty()) {
            moveTo(read.reached());
            return rest(read, begun);
        }
        waiting = Optional.of(entries.getFirst().time());
        Delivery delivery = receiver.deliver(new Batch(place.shard(), place.lane(), entries, all && read.exhausted()));
        if (delivery.taken() < entries.size()) {
            if (delivery.taken() > 0) {
                moveTo(entries.get(delivery.taken() - 1).position());
                store();
            }
            waiting = Optional.of(entries.get(delivery.taken()).time());
            return delivery.pause();
        }
        moveTo(all ? read.reached() : entries.getLast().position());
        store();
        return all ? rest(read, begun) : Duration.ZERO;
    }

    private boolean isMine(LogRecord record) {
        return place.lanes() == 1
                || Long.remainderUnsigned(ChangeRecord.hashOfKeys(record.value()), place.lanes()) == place.lane();
    }

    private void moveTo(LogPosition position) {
        done = position;
        isLate = false;
    }

    private Duration rest(LogShard.Reading read, Instant begun) {
        if (!read.exhausted()) {
            waiting = Optional.of(read.reached().time());
            return Duration.ZERO;
        }
        waiting = Optional.empty();
        if (stored.time().plus(STORED_EVERY).isBefore(clock.instant())) {
            store();
        }
        exhausted = begun;
        return shard.get().filter(now -> now.endsBy(done)).isPresent() ? Duration.ZERO : POLL;
    }

    private void store() {
        positions.put(place, done);
        stored = done;
    }

    /** Warns once when the lane has fallen behind the trim position; the lane continues with the oldest record left. */
    private void lookWhetherLate(LogShard where) {
        if (isLate || done.time().isAfter(clock.instant().minus(StreamReader.RETENTION))) {
            return;
        }
        if (trimmed.upTo(where.place()).compareTo(done) > 0) {
            isLate = true;
            missed = Optional.of(clock.instant());
            LOG.log(
                    Level.WARNING,
                    "A log consumer fell behind: changes were trimmed before it read them: " + positions + " shard="
                            + place.shard() + " after=" + done.time());
        }
    }
}
