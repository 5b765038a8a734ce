package io.gramme.benchmark;

import org.HdrHistogram.Histogram;

/**
 * A histogram of latencies, exact to one part in 1,000 of their value, and the exact maximum. Not safe for several threads: each
 * has its own.
 */
final class Latencies {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
    private long maxNanos;

    void record(long latencyNanos) {
        nanos.recordValue(latencyNanos);
        maxNanos = Math.max(maxNanos, latencyNanos);
    }

    void add(Latencies other) {
        nanos.add(other.nanos);
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    long count() {
        return nanos.getTotalCount();
    }

    /** The latency that this share of the requests did not exceed: 0.99 for p99; 0 if nothing was recorded. */
    long percentileNanos(double share) {
        return Math.min(nanos.getValueAtPercentile(100 * share), maxNanos);
    }
}
