package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;
import io.gramme.storage.StorageException;
import io.gramme.storage.engine.VersionClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The highest version of any log record that any server has delivered: idle readers of logs read this and nothing else.
 *
 * <p>It is stored in a row beside the hints of each bucket, and is written with the deletion of a hint or before it:
 * while a delivery is missing here its hint still exists, so that recovery makes up for it. Writes are stamped with the
 * version they store, so the highest wins.
 *
 * <p>A reader that has read up to a position misses nothing as long as the watermark is not beyond it: the reader
 * raised the barrier to that position ({@link Hints}), so every record that it has not read has a version above, and so
 * has the watermark once the record is delivered.
 *
 * <p>All readers of a server share one query. It asks one replica, rotating over the replicas as the driver does; every
 * five seconds it asks a quorum, so that a replica that has missed a write does not hide it for longer.
 */
final class HighWatermark {
    /** Below the stamp of every hint, and of every read of hints. */
    private static final long STAMP = -1;

    private static final long FRESH = Duration.ofMillis(45).toNanos();
    private static final long CERTAIN = Duration.ofSeconds(5).toNanos();

    private final Cql cql;
    private final VersionClock clock;
    private final List<Integer> buckets;
    private final PreparedStatement write;
    private final PreparedStatement read;
    private final AtomicLong highest = new AtomicLong();

    /** Held by the thread that queries; the other threads use the last known value. */
    private final ReentrantLock querying = new ReentrantLock();

    private volatile long queried = System.nanoTime() - FRESH;

    /** Guarded by {@link #querying}. */
    private long queriedQuorum = System.nanoTime() - CERTAIN;

    HighWatermark(Cql cql, CassandraOptions options, VersionClock clock, int buckets) {
        this.cql = cql;
        this.clock = clock;
        this.buckets = IntStream.range(0, buckets).boxed().toList();
        String hints = options.keyspace() + ".hints";
        this.write = cql.prepare("INSERT INTO " + hints + " (bucket, stamp, id, target) VALUES (?, " + STAMP
                + ", 0, ?) USING TIMESTAMP ?");
        this.read =
                cql.prepare("SELECT target FROM " + hints + " WHERE bucket IN ? AND stamp = " + STAMP + " AND id = 0");
    }

    /** The write that stores, in the partition of a bucket, that records of this version were delivered. */
    BoundStatement statement(int bucket, long version) {
        return write.bind(bucket, Partitions.buffer(Bytes.ofLong(version)), version);
    }

    CompletableFuture<AsyncResultSet> raise(int bucket, long version) {
        return cql.executeAsync(statement(bucket, version), Cql.QUORUM);
    }

    /** Publishes a delivery to the readers on this server; it is stored by the time that its hint is deleted. */
    void delivered(long version) {
        highest.accumulateAndGet(version, Math::max);
    }

    LogPosition position() {
        if (System.nanoTime() - queried > FRESH && querying.tryLock()) {
            try {
                query();
            } finally {
                querying.unlock();
            }
        }
        return LogPosition.behind(highest.get());
    }

    private void query() {
        long now = System.nanoTime();
        queried = now;
        if (now - queriedQuorum < CERTAIN && queryOne()) {
            return;
        }
        take(cql.rows(read.bind(buckets), Cql.QUORUM));
        queriedQuorum = now;
    }

    /** Returns whether a replica answered. */
    private boolean queryOne() {
        try {
            take(cql.rows(read.bind(buckets), Cql.ONE));
            return true;
        } catch (StorageException _) {
            return false;
        }
    }

    private void take(List<Row> rows) {
        for (Row row : rows) {
            Bytes stored = Partitions.bytes(row.getByteBuffer("target"));
            long version = stored.longAt(0);
            // A reader reads up to the clock, which must therefore reach the watermark.
            clock.observe(version);
            delivered(version);
        }
    }
}
