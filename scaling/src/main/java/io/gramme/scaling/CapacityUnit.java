package io.gramme.scaling;

import io.gramme.tables.table.Throughput;
import java.util.Locale;

/** One of the two quantities of a throughput, each of which is scaled by itself. */
public enum CapacityUnit {
    READ,
    WRITE;

    long of(Throughput throughput) {
        return this == READ ? throughput.readUnits() : throughput.writeUnits();
    }

    /** The throughput with this quantity replaced. */
    Throughput in(Throughput throughput, long units) {
        return this == READ
                ? new Throughput(units, throughput.writeUnits())
                : new Throughput(throughput.readUnits(), units);
    }

    /** As descriptions of activities name it: {@code read}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
