package io.gramme.tables.partition;

/** What a partition has lately consumed, and by which keys. The keys are known where partitions have a limit. */
public record PartitionHeat(Use use, KeyHeat keys) {
    static final PartitionHeat NONE = new PartitionHeat(Use.NONE, KeyHeat.NONE);

    PartitionHeat plus(PartitionHeat other) {
        return new PartitionHeat(use.plus(other.use), keys.plus(other.keys));
    }
}
