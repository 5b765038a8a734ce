package io.gramme.tables.capacity;

import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table, or of one of its global indexes, with its meter and what follows for it from that version: the
 * mode and the limits of throughput. It is what a charge goes to. The meter remembers the latest one, so that a request
 * works none of it out. Safe for use by many threads.
 */
final class Metered {
    private final Table table;
    private final Optional<SecondaryIndex> index;
    private final Meter meter;
    private final ThroughputMode mode;
    private final MeterListener listener;
    private final LongSupplier age;
    private final Limit reads;
    private final Limit writes;
    private final PartitionMap partitions;

    /** In the order of the open partitions, each from its first use on. Two threads may both look one up. */
    private final @Nullable PartitionMeter[] meters;

    /**
     * @param index empty for the table itself, also where a local index is read
     * @param age the seconds for which the table has had the chance to keep unused capacity
     */
    Metered(
            Table table,
            Optional<SecondaryIndex> index,
            Meter meter,
            ThroughputMode mode,
            MeterListener listener,
            LongSupplier age) {
        this.table = table;
        this.index = index;
        this.meter = meter;
        this.mode = mode;
        this.listener = listener;
        this.age = age;
        this.reads = limit(Kind.READ, table, index, mode);
        this.writes = limit(Kind.WRITE, table, index, mode);
        this.partitions = index.map(SecondaryIndex::partitions).orElse(table.partitions());
        this.meters = new PartitionMeter[partitions.open().size()];
    }

    private static Limit limit(Kind kind, Table table, Optional<SecondaryIndex> index, ThroughputMode mode) {
        return Limit.of(
                mode,
                table.billing().isOnDemand(),
                index.map(SecondaryIndex::capacity).orElse(table.capacity()),
                kind);
    }

    Table table() {
        return table;
    }

    Optional<SecondaryIndex> index() {
        return index;
    }

    Meter meter() {
        return meter;
    }

    ThroughputMode mode() {
        return mode;
    }

    /** Whether nothing is ever refused. */
    boolean isUnlimited() {
        return mode == ThroughputMode.OFF;
    }

    MeterListener listener() {
        return listener;
    }

    LongSupplier age() {
        return age;
    }

    Limit limit(Kind kind) {
        return kind == Kind.READ ? reads : writes;
    }

    /** The meter of the open partition of a hash. */
    PartitionMeter partition(long hash) {
        int position = partitions.indexAt(hash);
        PartitionMeter known = meters[position];
        if (known == null) {
            known = meter.partition(partitions.open().get(position));
            meters[position] = known;
        }
        return known;
    }

    String arn() {
        return index.map(one -> table.arn() + "/index/" + one.name()).orElseGet(table::arn);
    }
}
