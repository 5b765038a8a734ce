package io.gramme.server.follow;

import io.gramme.server.job.BackgroundJob;
import io.gramme.server.log.ChangeRecord;
import io.gramme.server.log.LogEntry;
import io.gramme.server.log.LogShard;
import io.gramme.server.stream.StreamReader;
import io.gramme.server.stream.TrimPositions;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionClock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one place of a log to its end, and hands over what it finds, one batch after the other. Run by one thread; seen by
 * others.
 */
final class Lane implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    /** How long a change may lie in the log before it is seen. */
    static final Duration POLL = Duration.ofMillis(100);

    /** When nothing will ever come; it is closed before this is over. */
    private static final Duration NEVER = Duration.ofHours(1);

    /** So often a lane in which nothing happens stores how far it has come, lest it seem to come too late some day. */
    private static final Duration STORED_EVERY = Duration.ofHours(1);

    /**
     * So often a lane reads its log even if nothing seems to have been written: what it has read up to should not become old,
     * and a server of an earlier version does not raise the high watermark.
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

    /** What is done with. */
    private LogPosition done;

    private LogPosition stored;

    /** When the log was read to its end, unless there may be more by what was read since. */
    private Instant exhausted = Instant.MIN;

    private boolean isLate;
    private volatile Optional<Instant> waiting = Optional.empty();
    private volatile Optional<Instant> missed = Optional.empty();

    /**
     * @param shard as it is now, while it is there
     * @param from what is done with, and stored as such
     * @param onEnd called when everything has been handed over that the shard will ever have
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
        // Of what it reads about one in so many is its own.
        this.page = new Budget((int) Math.min(MOST_ROWS, (long) batch.rows() * place.lanes()), batch.bytes());
        this.onEnd = onEnd;
        this.done = from;
        this.stored = from;
    }

    /** When the oldest change was made that waits to be handed over. */
    Optional<Instant> waiting() {
        return waiting;
    }

    /** When it was found last that changes were forgotten before they could be handed over. */
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
        // Asked again: whatever end it has by now was decided before this was read, or lies behind all of it.
        Optional<LogShard> afterwards = shard.get();
        return afterwards.isEmpty() ? NEVER : handOver(read.within(afterwards.get()), begun);
    }

    /** Whether everything that is in any log was read already, so that this log need not be asked. */
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
            waiting = Optional.of(VersionClock.timeOf(read.reached().version()));
            return Duration.ZERO;
        }
        waiting = Optional.empty();
        if (VersionClock.timeOf(stored.version()).plus(STORED_EVERY).isBefore(clock.instant())) {
            store();
        }
        exhausted = begun;
        return shard.get().filter(now -> now.endsBy(done)).isPresent() ? Duration.ZERO : POLL;
    }

    private void store() {
        positions.put(place, done);
        stored = done;
    }

    /** A lane that is late goes on with the oldest there is, and says so once. */
    private void lookWhetherLate(LogShard where) {
        if (isLate
                || VersionClock.timeOf(done.version()).isAfter(clock.instant().minus(StreamReader.RETENTION))) {
            return;
        }
        if (trimmed.upTo(where.place()).compareTo(done) > 0) {
            isLate = true;
            missed = Optional.of(clock.instant());
            LOG.log(
                    Level.WARNING,
                    "A follower comes too late: changes were forgotten before they could be handed over: " + positions
                            + " shard=" + place.shard() + " after=" + VersionClock.timeOf(done.version()));
        }
    }
}
