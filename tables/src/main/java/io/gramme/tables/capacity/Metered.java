package io.gramme.tables.capacity;

import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Optional;

/**
 * A table, or one of its global indexes, with its meter and the mode of throughput that applies to it: what a charge
 * goes to.
 *
 * @param index empty for the table itself, also where a local index is read
 */
record Metered(Table table, Optional<SecondaryIndex> index, Meter meter, ThroughputMode mode) {

    PartitionMap partitions() {
        return index.map(SecondaryIndex::partitions).orElse(table.partitions());
    }

    PartitionMeter partition(long hash) {
        return meter.partition(partitions().at(hash));
    }

    Limit limit(Kind kind) {
        return Limit.of(
                mode,
                table.billing().isOnDemand(),
                index.map(SecondaryIndex::capacity).orElse(table.capacity()),
                kind);
    }

    String arn() {
        return index.map(one -> table.arn() + "/index/" + one.name()).orElseGet(table::arn);
    }

    /** The global index that a read goes to, if it does. */
    static Optional<SecondaryIndex> index(ReadTarget target) {
        return target.isGlobal() ? target.index() : Optional.empty();
    }
}
