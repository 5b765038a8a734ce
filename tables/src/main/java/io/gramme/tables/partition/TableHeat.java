package io.gramme.tables.partition;

import io.gramme.tables.table.Partition;
import java.util.HashMap;
import java.util.Map;

/**
 * What a table or a global index, and each of its partitions, has lately consumed.
 *
 * @param peak the most units that a second of the last half hour has consumed, where capacity grows by that
 * @param partitions by their ids; those that were idle are absent
 */
public record TableHeat(Use use, Rate peak, Map<Integer, PartitionHeat> partitions) {
    static final TableHeat NONE = new TableHeat(Use.NONE, Rate.NONE, Map.of());

    public TableHeat {
        partitions = Map.copyOf(partitions);
    }

    public PartitionHeat of(Partition partition) {
        return partitions.getOrDefault(partition.id(), PartitionHeat.NONE);
    }

    /** What two servers have served together; the sum of their peaks is an upper bound of the peak of both. */
    TableHeat plus(TableHeat other) {
        var sum = new HashMap<>(partitions);
        other.partitions.forEach((id, heat) -> sum.merge(id, heat, PartitionHeat::plus));
        return new TableHeat(use.plus(other.use), peak.plus(other.peak), sum);
    }
}
