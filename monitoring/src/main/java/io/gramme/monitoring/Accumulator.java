package io.gramme.monitoring;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The values that a series receives in one minute. Many threads add to it without a lock: the figures are split into
 * stripes, each a cache line, so that the cores do not contend for one. A reader sees the additions that are complete.
 */
final class Accumulator {
    /** A power of two, so that a mask picks a stripe. */
    private static final int STRIPES =
            Math.clamp(Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1), 1, 16);

    /** The longs of a cache line, which is a stripe: four of them are used, or three where buckets count the values. */
    private static final int LINE = 8;

    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int MIN = 2;
    private static final int MAX = 3;

    /** Stands for the accumulator of a series that has received nothing lately; nothing is added to it. */
    static final Accumulator NONE = new Accumulator(-1, false);

    private final long minute;
    private final AtomicLongArray figures = new AtomicLongArray(STRIPES * LINE);
    private final @Nullable AtomicIntegerArray buckets;

    /** @param minute since the epoch */
    Accumulator(long minute, boolean hasBuckets) {
        this.minute = minute;
        this.buckets = hasBuckets ? new AtomicIntegerArray(LogBuckets.COUNT) : null;
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            figures.setPlain(stripe * LINE + MIN, Long.MAX_VALUE);
            figures.setPlain(stripe * LINE + MAX, Long.MIN_VALUE);
        }
    }

    long minute() {
        return minute;
    }

    void add(long value) {
        int at = ((int) Thread.currentThread().threadId() & (STRIPES - 1)) * LINE;
        if (value < figures.get(at + MIN)) {
            figures.accumulateAndGet(at + MIN, value, Math::min);
        }
        if (value > figures.get(at + MAX)) {
            figures.accumulateAndGet(at + MAX, value, Math::max);
        }
        figures.getAndAdd(at + SUM, value);
        if (buckets != null) {
            buckets.getAndIncrement(LogBuckets.of(value));
        } else {
            figures.getAndIncrement(at + COUNT);
        }
    }

    /** The values so far; empty if there are none. */
    Optional<Summary> summary() {
        // Numbers before sums: a value that is being added is in the sum first.
        long[] distribution = copy();
        long count = LongStream.of(distribution).sum();
        long sum = 0;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int at = 0; at < STRIPES * LINE; at += LINE) {
            count += figures.get(at + COUNT);
            sum += figures.get(at + SUM);
            min = Math.min(min, figures.get(at + MIN));
            max = Math.max(max, figures.get(at + MAX));
        }
        return count == 0 ? Optional.empty() : Optional.of(new Summary(count, sum, min, max, distribution));
    }

    private long[] copy() {
        if (buckets == null) {
            return Summary.NO_BUCKETS;
        }
        long[] copy = new long[LogBuckets.COUNT];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = buckets.get(i);
        }
        return copy;
    }
}
