package io.gramme.tables.table;

/** Capacity units per second; both 0 where nothing is provisioned. */
public record Throughput(long readUnits, long writeUnits) {
    public static final Throughput ON_DEMAND = new Throughput(0, 0);

    /** The throughput that a new on-demand table is ready to serve. */
    public static final Throughput INITIAL_ON_DEMAND = new Throughput(12_000, 4_000);

    /** The most that the quota of a table allows, and that of an index (default quotas of the service). */
    public static final Throughput QUOTA = new Throughput(40_000, 40_000);

    /** The throughput of one partition. */
    public static final Throughput PARTITION = new Throughput(3_000, 1_000);

    /** The number of partitions that this throughput needs; at least one. */
    int partitions() {
        long forReads = Math.ceilDiv(readUnits, PARTITION.readUnits);
        long forWrites = Math.ceilDiv(writeUnits, PARTITION.writeUnits);
        return Math.clamp(Math.max(forReads, forWrites), 1, Integer.MAX_VALUE);
    }

    /** The maximum of both, taken for each unit separately. */
    public Throughput max(Throughput other) {
        return new Throughput(Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
    }

    public boolean exceedsSomewhere(Throughput other) {
        return readUnits > other.readUnits || writeUnits > other.writeUnits;
    }
}
