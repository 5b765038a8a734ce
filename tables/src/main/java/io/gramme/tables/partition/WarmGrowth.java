package io.gramme.tables.partition;

import io.gramme.tables.table.Throughput;
import java.util.Optional;

/**
 * The growth of the warm throughput of an on-demand table with its use: what it is ready to serve is twice the highest
 * use, as the service says of on-demand capacity, within the quota of a table.
 */
final class WarmGrowth {
    private static final int TWICE = 2;

    /** Growth by less than a tenth waits for more, so that a table is changed a few times at most. */
    private static final double LEAST = 1.1;

    private WarmGrowth() {}

    /** The warm throughput after the peak; empty if it stays. */
    static Optional<Throughput> after(Throughput warm, Rate peak) {
        long reads = grown(warm.readUnits(), peak.reads(), Throughput.QUOTA.readUnits());
        long writes = grown(warm.writeUnits(), peak.writes(), Throughput.QUOTA.writeUnits());
        var grown = new Throughput(reads, writes);
        return grown.equals(warm) ? Optional.empty() : Optional.of(grown);
    }

    private static long grown(long warm, double peak, long quota) {
        long ready = Math.min(quota, (long) Math.ceil(TWICE * peak));
        boolean grows = ready >= warm * LEAST || (ready == quota && warm < quota);
        return grows ? ready : warm;
    }
}
