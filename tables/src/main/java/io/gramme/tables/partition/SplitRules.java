package io.gramme.tables.partition;

import io.gramme.tables.table.Partition;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.Throughput;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The rules by which partitions are split. Each names the split that is most urgent by it, if there is one. */
final class SplitRules {
    /** Throughput of so many partitions is more than one table receives. */
    private static final int MOST_BY_HEAT = 256;

    private SplitRules() {}

    /** The partition with the most data, if that is more than {@code most} bytes: in the middle of its hashes. */
    static Optional<Split> bySize(PartitionMap map, ToLongFunction<Partition> bytes, long most) {
        return map.open().stream()
                .filter(partition -> map.canSplit(partition.id()) && bytes.applyAsLong(partition) > most)
                .max(Comparator.comparingLong(bytes))
                .map(Split::inTheMiddle);
    }

    /** The partition with the most hashes, while there are fewer than warm throughput needs. */
    static Optional<Split> byThroughput(PartitionMap map, Throughput warm) {
        return map.open().size() < PartitionMap.partitionsFor(warm)
                ? Optional.of(map.widest())
                        .filter(partition -> map.canSplit(partition.id()))
                        .map(Split::inTheMiddle)
                : Optional.empty();
    }

    /**
     * The hottest partition whose heat a split divides.
     *
     * @param hot the partitions that have been hot for long
     */
    static Optional<Split> byHeat(PartitionMap map, TableHeat heat, Set<Partition> hot) {
        if (map.open().size() >= MOST_BY_HEAT) {
            return Optional.empty();
        }
        return hot.stream()
                .sorted(Comparator.<Partition>comparingDouble(partition ->
                                heat.of(partition).use().tenSeconds().ofPartition())
                        .reversed())
                .flatMap(partition ->
                        heat.of(partition).keys().cut(partition).map(last -> new Split(partition, last)).stream())
                .findFirst();
    }

    /** The second cut around a key that is being isolated: the first has left hashes after it. */
    static Optional<Split> byIsolation(PartitionMap map, long hash) {
        Partition partition = map.at(hash);
        return KeyHeat.isolating(hash, partition).map(last -> new Split(partition, last));
    }
}
