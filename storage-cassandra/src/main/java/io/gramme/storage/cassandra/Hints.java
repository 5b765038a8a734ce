package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;
import io.gramme.storage.StorageException;
import io.gramme.storage.engine.VersionClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The hints of commits that may be in progress: for recovery, which has to finish them, and for readers of logs, which
 * must not read beyond them.
 *
 * <p>A writer first writes a hint, then reads the barrier, then takes its version above the barrier. A reader first
 * raises the barrier to the version up to which it wants to read, then looks for hints. Both write and read at a
 * quorum: so either the reader sees the hint, or the writer sees the barrier and its version is beyond what the reader
 * reads. This does not depend on clocks, and the reader waits for no writer.
 */
final class Hints {
    static final int BUCKETS = 8;
    private static final int PAGE = 500;
    private static final int MOST_DONE = 100_000;

    /** By how much, in microseconds, the stamp of a hint may lie below the barrier that its writer finds. */
    private static final long SLACK = Duration.ofSeconds(2).toNanos() / 1000;

    private static final int ATTEMPTS = 5;
    private static final long KEPT_DONE = Duration.ofSeconds(30).toNanos() / 1000;

    /** @param target where to look for the commit: see {@link Target} */
    record Hint(int bucket, long stamp, long id, Bytes target) {}

    /** The partition or the transaction to which a hint points. */
    sealed interface Target {
        record OnePartition(PlacedKey place) implements Target {}

        record Transaction(Bytes id) implements Target {}

        static Bytes encode(Target target) {
            return switch (target) {
                case OnePartition(var place) -> Bytes.of(0).plus(place.bytes());
                case Transaction(var id) -> Bytes.of(1).plus(id);
            };
        }

        static Target decode(Bytes stored) {
            Bytes content = stored.from(1);
            return stored.at(0) == 0 ? new OnePartition(new PlacedKey(content)) : new Transaction(content);
        }
    }

    private final Cql cql;
    private final VersionClock clock;
    private final HighWatermark watermark;
    private final PreparedStatement write;
    private final PreparedStatement delete;
    private final PreparedStatement readBarrier;
    private final PreparedStatement raiseBarrier;
    private final PreparedStatement readFrom;
    private final PreparedStatement readAllFrom;

    /** Hints of this server's commits that are in progress. */
    private final Set<Hint> open = ConcurrentHashMap.newKeySet();

    /** Hints of this server's commits that are done, and whose deletion may still be outstanding. */
    private final Set<Hint> done = ConcurrentHashMap.newKeySet();

    /** No hint has a lower stamp, which saves readers the tombstones of all deleted hints. */
    private final AtomicLong floor = new AtomicLong();

    private final Object reading = new Object();
    private long roundsBegun;
    private long roundsEnded;
    private @Nullable LogPosition lastRound;

    Hints(Cql cql, CassandraOptions options, VersionClock clock, HighWatermark watermark) {
        this.cql = cql;
        this.clock = clock;
        this.watermark = watermark;
        String hints = options.keyspace() + ".hints";
        this.write = cql.prepare(
                "INSERT INTO " + hints + " (bucket, stamp, id, target) VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
        this.delete =
                cql.prepare("DELETE FROM " + hints + " USING TIMESTAMP ? WHERE bucket = ? AND stamp = ? AND id = ?");
        this.readBarrier = cql.prepare("SELECT DISTINCT bucket, barrier FROM " + hints + " WHERE bucket = ?");
        this.raiseBarrier = cql.prepare("UPDATE " + hints + " USING TIMESTAMP ? SET barrier = ? WHERE bucket = ?");
        this.readFrom = cql.prepare("SELECT stamp, id, target FROM " + hints + " WHERE bucket = ? AND stamp >= ?");
        this.readAllFrom =
                cql.prepare("SELECT bucket, stamp, id, target FROM " + hints + " WHERE bucket IN ? AND stamp >= ?");
    }

    /**
     * Writes a hint before a commit. Every version that the clock gives from now on is above everything that any reader
     * of logs has read, or the reader sees the hint.
     */
    Hint open(Target target) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int bucket = ThreadLocalRandom.current().nextInt(BUCKETS);
            var hint =
                    new Hint(bucket, clock.next(), ThreadLocalRandom.current().nextLong(), Target.encode(target));
            open.add(hint);
            try {
                cql.execute(
                        write.bind(hint.bucket, hint.stamp, hint.id, Partitions.buffer(hint.target), hint.stamp),
                        Cql.QUORUM);
                List<Row> found = cql.rows(readBarrier.bind(bucket), Cql.QUORUM);
                long barrier = found.isEmpty() ? 0 : found.getFirst().getLong("barrier");
                clock.observe(barrier);
                if (barrier <= hint.stamp + SLACK) {
                    return hint;
                }
                discard(hint);
            } catch (StorageException e) {
                discard(hint);
                throw e;
            }
        }
        throw new StorageException("writing a hint takes too long");
    }

    /** Deletes the hint of a commit that is done, or never will be. */
    void discard(Hint hint) {
        settle(hint);
        CompletableFuture<AsyncResultSet> _ = remove(hint);
    }

    /** Releases the readers of logs on this server from waiting for the hint; its target still has to be cleaned up. */
    void settle(Hint hint) {
        if (done.size() > MOST_DONE) {
            forgetDone(clock.latest());
        }
        done.add(hint);
        open.remove(hint);
    }

    /**
     * Deletes the hint of a commit that is done, with records of that version in logs: readers on this server may read
     * them.
     */
    void settle(Hint hint, long version) {
        settle(hint);
        watermark.delivered(version);
    }

    /** Leaves the hint to recovery, on any server. */
    void leave(Hint hint) {
        open.remove(hint);
    }

    /**
     * Deletes a hint with its own stamp: of a write and a deletion with one stamp the deletion wins, whichever clocks
     * the writer and the deleter have.
     */
    CompletableFuture<AsyncResultSet> remove(Hint hint) {
        return cql.executeAsync(delete.bind(hint.stamp, hint.bucket, hint.stamp, hint.id), Cql.QUORUM);
    }

    /** The same, in one write with the {@linkplain HighWatermark high watermark} that readers of logs look at. */
    CompletableFuture<AsyncResultSet> remove(Hint hint, long version) {
        var batch = BatchStatement.builder(DefaultBatchType.UNLOGGED)
                .addStatement(delete.bind(hint.stamp, hint.bucket, hint.stamp, hint.id))
                .addStatement(watermark.statement(hint.bucket, version))
                .build();
        return cql.executeAsync(batch, Cql.QUORUM);
    }

    /**
     * Forgets hints that must be deleted by now; one whose deletion failed is found by others, and deleted by recovery.
     */
    private void forgetDone(long now) {
        done.removeIf(hint -> hint.stamp < now - KEPT_DONE);
    }

    /**
     * The hints with a stamp of at most {@code newest} that no commit of this server owns: those of other servers,
     * those that were left, and those of finished commits that should have been deleted long ago.
     *
     * @param level at one replica, some hints may be missing
     */
    List<Hint> abandoned(long newest, ConsistencyLevel level) {
        var found = new ArrayList<Hint>();
        List<Integer> buckets = IntStream.range(0, BUCKETS).boxed().toList();
        for (Row row : cql.rows(readAllFrom.bind(buckets, floor.get()).setPageSize(PAGE), level)) {
            Hint hint = hint(row.getInt("bucket"), row);
            if (hint.stamp <= newest && !open.contains(hint)) {
                found.add(hint);
            }
        }
        return found;
    }

    /** The hints, at a quorum, of commits that are not known to be finished, whichever server makes them. */
    List<Hint> unfinished() {
        if (clock.next() - floor.get() > KEPT_DONE) {
            // It raises the floor: otherwise this would pass over the tombstones of all hints since then.
            var _ = complete();
        }
        List<Integer> buckets = IntStream.range(0, BUCKETS).boxed().toList();
        return cql.rows(readAllFrom.bind(buckets, floor.get()).setPageSize(PAGE), Cql.QUORUM).stream()
                .map(row -> hint(row.getInt("bucket"), row))
                .filter(hint -> !done.contains(hint))
                .toList();
    }

    private static Hint hint(int bucket, Row row) {
        return new Hint(bucket, row.getLong("stamp"), row.getLong("id"), Partitions.bytes(row.getByteBuffer("target")));
    }

    /** The position up to which no log will get another record. Concurrent callers share an answer. */
    LogPosition complete() {
        long mine;
        synchronized (reading) {
            // A round that has already begun may have missed a commit that this caller has seen end.
            mine = roundsBegun + 1;
            while (roundsEnded < mine && roundsBegun > roundsEnded) {
                try {
                    reading.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StorageException("interrupted while waiting for the cluster", e);
                }
            }
            if (roundsEnded >= mine && lastRound != null) {
                return lastRound;
            }
            roundsBegun++;
        }
        LogPosition found = null;
        try {
            found = completeNow();
            return found;
        } finally {
            synchronized (reading) {
                roundsEnded = roundsBegun;
                lastRound = found;
                reading.notifyAll();
            }
        }
    }

    private LogPosition completeNow() {
        long barrier = clock.next();
        raise(barrier);
        Lowest lowest = lowest().atMost(barrier + 1);
        forgetDone(barrier);
        floor.accumulateAndGet(lowest.there - 1 - SLACK, Math::max);
        return LogPosition.behind(lowest.pending - 1);
    }

    /** The lowest stamp of a hint that is not known to be finished. */
    Optional<Long> oldest() {
        long pending = lowest().pending;
        return pending == Lowest.NONE.pending ? Optional.empty() : Optional.of(pending);
    }

    private Lowest lowest() {
        long from = floor.get();
        List<CompletableFuture<AsyncResultSet>> answers = IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> cql.executeAsync(readFrom.bind(bucket, from).setPageSize(PAGE), Cql.QUORUM))
                .toList();
        return IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> lowest(bucket, cql.await(answers.get(bucket))))
                .reduce(Lowest.NONE, Lowest::and);
    }

    /**
     * The lowest stamps of hints.
     *
     * @param there of all, among them those that this server has finished and could not delete: other servers still
     *     wait for them
     * @param pending of those that this server has not finished
     */
    private record Lowest(long there, long pending) {
        private static final Lowest NONE = new Lowest(Long.MAX_VALUE, Long.MAX_VALUE);

        Lowest and(Lowest other) {
            return new Lowest(Math.min(there, other.there), Math.min(pending, other.pending));
        }

        Lowest atMost(long stamp) {
            return and(new Lowest(stamp, stamp));
        }
    }

    private void raise(long barrier) {
        cql.awaitAll(IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> cql.executeAsync(raiseBarrier.bind(barrier, barrier, bucket), Cql.QUORUM))
                .toList());
    }

    private Lowest lowest(int bucket, AsyncResultSet first) {
        long there = Long.MAX_VALUE;
        AsyncResultSet page = first;
        while (true) {
            for (Row row : page.currentPage()) {
                Hint hint = hint(bucket, row);
                there = Math.min(there, hint.stamp);
                if (!done.contains(hint)) {
                    return new Lowest(there, hint.stamp);
                }
            }
            if (!page.hasMorePages()) {
                return new Lowest(there, Long.MAX_VALUE);
            }
            page = cql.next(page);
        }
    }

    /**
     * A position after everything that has ended on this server; no commit that begins from now on, on any server,
     * comes before it.
     */
    LogPosition latest() {
        long version = clock.next();
        raise(version);
        return LogPosition.behind(version);
    }
}
