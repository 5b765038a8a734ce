package io.gramme.benchmark;

/** A histogram of latencies, exact to one part in 64 of their value. Not safe for several threads: each has its own. */
final class Latencies {
    // Below 64 ns each value has a bucket; above, each power of two is split into 64 buckets of one width.
    private static final int BITS = 6;
    private static final int SPLIT = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * SPLIT];
    private long count;
    private long maxNanos;

    void record(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        maxNanos = Math.max(maxNanos, nanos);
    }

    void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    long count() {
        return count;
    }

    /** The latency that this share of the requests did not exceed: 0.99 for p99; 0 if nothing was recorded. */
    long percentileNanos(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(lastOf(i), maxNanos);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < SPLIT) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - BITS;
        return (shift + 1) * SPLIT + (int) (nanos >>> shift) - SPLIT;
    }

    /** The greatest value that falls into a bucket. */
    private static long lastOf(int bucket) {
        if (bucket < SPLIT) {
            return bucket;
        }
        int shift = bucket / SPLIT - 1;
        return ((bucket % SPLIT + SPLIT + 1L) << shift) - 1;
    }
}
