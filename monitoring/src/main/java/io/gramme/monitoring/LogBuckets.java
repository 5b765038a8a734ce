package io.gramme.monitoring;

/**
 * The buckets of a distribution: eight of equal width in each power of two, so that a bucket tells a value to an eighth
 * of itself. Negative values belong to the first bucket.
 */
final class LogBuckets {
    private static final int SUB_BITS = 3;
    private static final int SUBS = 1 << SUB_BITS;

    /** Values from here on, 2^36 steps, belong to the last bucket: 19 hours in microseconds. */
    private static final long END = 1L << 36;

    static final int COUNT = of(END - 1) + 1;

    private LogBuckets() {}

    static int of(long value) {
        if (value < SUBS) {
            return (int) Math.max(0, value);
        }
        long bounded = Math.min(value, END - 1);
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(bounded) - SUB_BITS;
        return (shift + 1) * SUBS + (int) (bounded >>> shift) - SUBS;
    }

    /** The smallest value of a bucket. */
    static long first(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int shift = bucket / SUBS - 1;
        return (long) (SUBS + bucket % SUBS) << shift;
    }

    /** The smallest value beyond a bucket. */
    static long end(int bucket) {
        return first(bucket + 1);
    }
}
