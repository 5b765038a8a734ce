package io.gramme.storage.engine;

import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks that give one transaction at a time exclusive use of a partition, for engines that live in one process.
 *
 * <p>A partition belongs to one of a fixed number of stripes by its hash, and a transaction locks the stripes of all
 * its partitions, lowest first: so transactions never deadlock. A virtual thread that waits here releases its carrier.
 */
public final class PartitionLocks {
    private static final int STRIPES = 1024;

    /** The stripes that a thread holds; only that thread may close it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    public PartitionLocks() {
        Arrays.setAll(stripes, _ -> new ReentrantLock());
    }

    /** Waits until no other thread holds a partition of these rows. */
    public Held lock(Set<RowKey> rows) {
        if (rows.size() == 1) {
            ReentrantLock only = stripes[stripe(rows.iterator().next().partition())];
            only.lock();
            return only::unlock;
        }
        int[] wanted = stripes(rows);
        for (int stripe : wanted) {
            stripes[stripe].lock();
        }
        return () -> unlock(wanted, wanted.length);
    }

    /** The same, but gives up after {@code patience}, and then holds nothing. */
    public Optional<Held> lock(Set<RowKey> rows, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int[] wanted = stripes(rows);
        for (int i = 0; i < wanted.length; i++) {
            if (!lockUntil(stripes[wanted[i]], deadline)) {
                unlock(wanted, i);
                return Optional.empty();
            }
        }
        return Optional.of(() -> unlock(wanted, wanted.length));
    }

    private static boolean lockUntil(ReentrantLock stripe, long deadline) {
        try {
            return stripe.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void unlock(int[] held, int count) {
        for (int i = 0; i < count; i++) {
            stripes[held[i]].unlock();
        }
    }

    private static int[] stripes(Set<RowKey> rows) {
        return rows.stream()
                .mapToInt(row -> stripe(row.partition()))
                .sorted()
                .distinct()
                .toArray();
    }

    private static int stripe(PartitionKey partition) {
        // The hash includes the tablespace, so that a hot key of a table does not share its stripe with the same key of
        // every index.
        long mixed = partition.hash() + partition.tablespace().number() * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32) & (STRIPES - 1);
    }
}
