package io.gramme.monitoring;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is known of the values that a series received in one minute, or in several: all in steps of the metric.
 *
 * @param count of values, at least one
 * @param buckets how many values are in each of {@link LogBuckets}, up to the last one that has any; empty if the metric
 *     keeps no distribution
 */
@SuppressWarnings("ArrayRecordComponent") // Owned by the summary, which never changes it.
public record Summary(long count, long sum, long min, long max, long[] buckets) {
    static final long[] NO_BUCKETS = {};

    public Summary {
        int length = buckets.length;
        while (length > 0 && buckets[length - 1] == 0) {
            length--;
        }
        buckets = length == buckets.length ? buckets : Arrays.copyOf(buckets, length);
    }

    /** The same without its distribution. */
    public Summary withoutBuckets() {
        return buckets.length == 0 ? this : new Summary(count, sum, min, max, NO_BUCKETS);
    }

    public Summary plus(Summary other) {
        return new Summary(
                count + other.count,
                sum + other.sum,
                Math.min(min, other.min),
                Math.max(max, other.max),
                plus(buckets, other.buckets));
    }

    private static long[] plus(long[] some, long[] others) {
        if (some.length == 0 || others.length == 0) {
            return NO_BUCKETS;
        }
        long[] sums = Arrays.copyOf(some, Math.max(some.length, others.length));
        for (int i = 0; i < others.length; i++) {
            sums[i] += others[i];
        }
        return sums;
    }

    /**
     * The value that this share of the values does not exceed. A metric without a distribution has it only where all
     * values are equal, as the service says.
     *
     * @param percent 0 to 100
     */
    public Optional<Double> percentile(double percent) {
        if (min == max) {
            return Optional.of((double) min);
        }
        if (buckets.length == 0) {
            return Optional.empty();
        }
        double wanted = count * percent / 100;
        long below = 0;
        for (int i = 0; i < buckets.length; i++) {
            if (buckets[i] > 0 && below + buckets[i] >= wanted) {
                double share = (wanted - below) / buckets[i];
                double value = LogBuckets.first(i) + share * (LogBuckets.end(i) - LogBuckets.first(i));
                return Optional.of(Math.clamp(value, (double) min, (double) max));
            }
            below += buckets[i];
        }
        return Optional.of((double) max);
    }
}
