package io.gramme.tables.capacity;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.Throughput;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of one kind of units a table, a global index or a partition may consume, in half units a second.
 *
 * @param rate that fills its bucket; 0 if nothing is limited
 * @param seconds of the rate that the bucket holds: what was not used is kept for a burst
 * @param cause of a refusal by that bucket
 * @param grows whether twice the peak of the last half hour is served if that is more than {@code rate}
 * @param maximum that the client has set; 0 if there is none
 */
record Limit(long rate, int seconds, Cause cause, boolean grows, long maximum) {
    static final Limit NONE = new Limit(0, 0, Cause.PROVISIONED, false, 0);

    /** Unused capacity of so long is kept (developer guide, burst capacity). */
    static final int BURST_SECONDS = 300;

    /** The seconds of a maximum, and of a partition's capacity, that their buckets hold. */
    static final int NO_BURST = 1;

    private static final Limit PARTITION_READS = partition(Throughput.PARTITION.readUnits());
    private static final Limit PARTITION_WRITES = partition(Throughput.PARTITION.writeUnits());

    private static Limit partition(long units) {
        return new Limit(units * Units.HALVES, NO_BURST, Cause.KEY_RANGE, false, 0);
    }

    /** The age, in seconds, of a bucket that holds no more than a second yields: it makes no difference. */
    static long anyAge() {
        return NO_BURST;
    }

    /** Whether nothing is limited. */
    boolean isNone() {
        return rate == 0 && maximum == 0;
    }

    /** What one partition serves. */
    static Limit ofPartition(ThroughputMode mode, Kind kind) {
        if (mode != ThroughputMode.AWS) {
            return NONE;
        }
        return kind == Kind.READ ? PARTITION_READS : PARTITION_WRITES;
    }

    /** What all tables of an account in a region may consume together, if there is a quota. */
    static Limit ofAccount(Optional<Throughput> quota, Kind kind) {
        return quota.map(units -> new Limit(of(units, kind) * Units.HALVES, NO_BURST, Cause.ACCOUNT, false, 0))
                .orElse(NONE);
    }

    /** What a table or a global index may consume. */
    static Limit of(ThroughputMode mode, boolean onDemand, Capacity capacity, Kind kind) {
        if (mode == ThroughputMode.OFF) {
            return NONE;
        }
        if (!onDemand) {
            long rate = of(capacity.throughput(), kind) * Units.HALVES;
            return new Limit(rate, BURST_SECONDS, Cause.PROVISIONED, false, 0);
        }
        OptionalLong set = kind == Kind.READ
                ? capacity.maxima().readUnits()
                : capacity.maxima().writeUnits();
        long maximum = set.orElse(0) * Units.HALVES;
        if (mode == ThroughputMode.LIMITS) {
            return maximum == 0 ? NONE : new Limit(0, NO_BURST, Cause.KEY_RANGE, false, maximum);
        }
        long rate = of(capacity.warm(), kind) * Units.HALVES;
        return new Limit(rate, NO_BURST, Cause.KEY_RANGE, true, maximum);
    }

    private static long of(Throughput throughput, Kind kind) {
        return kind == Kind.READ ? throughput.readUnits() : throughput.writeUnits();
    }
}
