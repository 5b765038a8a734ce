package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures the free space of the disk several times a second, and lets the store accept writes again when there is
 * enough.
 *
 * <p>If the database met a full disk in the meantime, it is opened again first, as a restart would: calls wait for
 * that. The calls that were inside have left by then, and with them every commit that failed or was built on one that
 * did.
 */
final class SpaceWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SpaceWatch.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(1);
    private static final long LEAST_BYTES = 1 << 20;

    private final Gate gate;
    private final ReopenableDatabase database;
    private final GroupCommitter committer;
    private final DiskReserve reserve;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Dropped> dropped = new ConcurrentLinkedQueue<>();

    // The free space at the last attempt to open the database again, if it failed: for the watch's thread.
    private long lastFree = -1;
    private long lastAttempt;

    private record Dropped(Family family, Bytes from, Bytes to) {}

    SpaceWatch(Gate gate, ReopenableDatabase database, GroupCommitter committer, DiskReserve reserve) {
        this.gate = gate;
        this.database = database;
        this.committer = committer;
        this.reserve = reserve;
        this.thread = Thread.ofPlatform().name("gramme-disk-space").daemon().unstarted(this::run);
    }

    void start() {
        reserve.sample();
        thread.start();
    }

    /**
     * Frees the space of rows that were deleted as a range soon, if the disk is full; otherwise compaction does it in
     * time.
     */
    void reclaim(Family family, Bytes from, Bytes to) {
        if (reserve.isFull()) {
            dropped.add(new Dropped(family, from, to));
        }
    }

    private void run() {
        try {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        reserve.sample();
        if (!reserve.isFull()) {
            return;
        }
        try {
            if (lastFree >= 0 || committer.failure().isPresent()) {
                reopenAfterFailure();
            } else if (!dropped.isEmpty()) {
                Dropped range = dropped.remove();
                database.current().reclaimAtOnce(range.family, range.from, range.to);
            } else if (reserve.hasRoom()) {
                // A flush or compaction that failed may not have been retried.
                if (database.current().backgroundErrors() > 0) {
                    reopen();
                }
                reserve.end();
            }
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "writes cannot be resumed yet: cause=" + e.getMessage());
        }
    }

    /** A failure that is not for lack of space is left alone: a person has to look at the disk. */
    private void reopenAfterFailure() {
        boolean ofSpace = committer.failure().map(GroupCommitter::isOutOfSpace).orElse(true);
        if (ofSpace && mayReopen()) {
            reopen();
        }
    }

    /** False with next to nothing free; after a failed attempt, true only when there is more, or a minute later. */
    private boolean mayReopen() {
        long free = reserve.freeBytes();
        boolean waited = System.nanoTime() - lastAttempt > BETWEEN_ATTEMPTS.toNanos();
        return free >= LEAST_BYTES && (lastFree < 0 || waited || free - lastFree >= LEAST_BYTES);
    }

    private void reopen() {
        lastFree = reserve.freeBytes();
        lastAttempt = System.nanoTime();
        // No commit may be admitted to a database that is open read-only.
        reserve.hold();
        try (var _ = gate.pause()) {
            database.reopen();
            committer.revive();
        }
        lastFree = -1;
        reserve.reopened();
    }

    /** Returns when it no longer touches the database. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
