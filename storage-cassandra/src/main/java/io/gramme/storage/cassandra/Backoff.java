package io.gramme.storage.cassandra;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Pauses between attempts, each about twice as long as the last with random jitter, until the patience is used up. For
 * one thread.
 */
final class Backoff {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(200);

    private final long deadline;
    private long wait = FIRST;

    Backoff(Duration patience) {
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Pauses; returns whether another attempt is still within the patience. */
    boolean pause() {
        if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(wait / 2, wait + 1));
        wait = Math.min(wait * 2, LONGEST);
        return true;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
