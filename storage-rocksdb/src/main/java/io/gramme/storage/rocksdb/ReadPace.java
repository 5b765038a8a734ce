package io.gramme.storage.rocksdb;

import java.time.Duration;

/**
 * Decides from the durations of the latest reads whether reads wait for the disk. The reads are <em>cold</em> when a
 * quarter of them were slow, and stay cold until fewer than an eighth are.
 *
 * <p>A share, and not a mean: a thread that the operating system suspends for milliseconds makes one read slow, and a
 * processor that is too busy suspends a read of ten microseconds rarely. Any thread may call any method; an update that
 * is lost to another thread's does not matter among many.
 */
final class ReadPace {
    /**
     * The duration from which a read is slow. A read from the system's page cache takes 10 to 30 microseconds, one from
     * an NVMe disk 60 and more.
     */
    static final Duration SLOW = Duration.ofNanos(50_000);

    private static final int ALL = 1 << 16;
    private static final int COLD_FROM = ALL / 4;
    private static final int WARM_BELOW = ALL / 8;

    /** A read changes the share by this part of its distance: so about the last 64 reads count. */
    private static final int WEIGHT = 64;

    /** Of the latest reads, those that were slow. */
    private volatile int slowShare;

    private volatile boolean cold;

    boolean isCold() {
        return cold;
    }

    /** Takes a read into account that has just ended. */
    void ended(long nanos) {
        int before = slowShare;
        boolean slow = nanos >= SLOW.toNanos();
        if (!slow && before < WEIGHT) {
            // The usual case writes nothing that other threads share.
            return;
        }
        int share = slow ? before + (ALL - before) / WEIGHT : before - before / WEIGHT;
        slowShare = share;
        if (cold ? share < WARM_BELOW : share >= COLD_FROM) {
            cold = !cold;
        }
    }
}
