package io.gramme.tables.job;

import java.time.Duration;
import java.time.Instant;

/**
 * The rate limit of one job. A step reserves its items before it runs and returns those that it did not process, so
 * that parts which run at the same time share one rate. Safe for use by many threads.
 */
final class RateLimit {
    private static final long NANOS = 1_000_000_000;

    private final long itemsPerSecond;
    private Instant free = Instant.MIN;

    RateLimit(long itemsPerSecond) {
        this.itemsPerSecond = itemsPerSecond;
    }

    /** The number of items that a step may process now: at most those of one second; 0 if it has to wait. */
    synchronized int reserve(Instant now) {
        if (now.isBefore(free)) {
            return 0;
        }
        int items = (int) Math.min(itemsPerSecond, Integer.MAX_VALUE);
        free = now.plus(time(items));
        return items;
    }

    /** Returns items that a step has reserved and not processed. */
    synchronized void release(long items) {
        free = free.minus(time(items));
    }

    /** How long it takes until a step may run. */
    synchronized Duration wait(Instant now) {
        return now.isBefore(free) ? Duration.between(now, free) : Duration.ZERO;
    }

    private Duration time(long items) {
        return Duration.ofNanos(items * NANOS / itemsPerSecond);
    }
}
