package io.gramme.server.table;

/** Provisioned capacity units per second; both 0 where the billing mode is on demand. */
public record Throughput(long readUnits, long writeUnits) {
    public static final Throughput ON_DEMAND = new Throughput(0, 0);
}
