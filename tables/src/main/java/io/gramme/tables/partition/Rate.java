package io.gramme.tables.partition;

import io.gramme.tables.table.Throughput;

/** Consumption in capacity units a second. */
public record Rate(double reads, double writes) {
    public static final Rate NONE = new Rate(0, 0);

    Rate plus(Rate other) {
        return new Rate(reads + other.reads, writes + other.writes);
    }

    /** The share of what a partition serves that this takes, from 0 on: of its reads or of its writes, the larger one. */
    public double ofPartition() {
        return Math.max(reads / Throughput.PARTITION.readUnits(), writes / Throughput.PARTITION.writeUnits());
    }

    boolean isNone() {
        return reads == 0 && writes == 0;
    }
}
