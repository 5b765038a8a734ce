package io.gramme.server.table;

/** Units per second; both 0 where nothing is provisioned. */
public record Throughput(long readUnits, long writeUnits) {
    public static final Throughput ON_DEMAND = new Throughput(0, 0);

    /** What an on-demand table is ready to serve from the beginning. */
    public static final Throughput INITIAL_ON_DEMAND = new Throughput(12_000, 4_000);

    /** What one partition can serve. */
    private static final Throughput PARTITION = new Throughput(3_000, 1_000);

    /** How many partitions serve this; at least one. */
    int partitions() {
        long forReads = Math.ceilDiv(readUnits, PARTITION.readUnits);
        long forWrites = Math.ceilDiv(writeUnits, PARTITION.writeUnits);
        return Math.clamp(Math.max(forReads, forWrites), 1, Integer.MAX_VALUE);
    }

    /** The larger of both, each unit for itself. */
    Throughput max(Throughput other) {
        return new Throughput(Math.max(readUnits, other.readUnits), Math.max(writeUnits, other.writeUnits));
    }

    boolean exceedsSomewhere(Throughput other) {
        return readUnits > other.readUnits || writeUnits > other.writeUnits;
    }
}
