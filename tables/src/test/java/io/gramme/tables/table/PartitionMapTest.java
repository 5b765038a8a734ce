package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The partitions of a table: how many there are at first, how they divide the hashes, and what a split does. */
class PartitionMapTest {
    private static Throughput writes(long units) {
        return new Throughput(1, units);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 40, 64})
    void theFirstPartitionsDivideAllHashes(int count) {
        PartitionMap map = PartitionMap.create(writes(count * 1_000L), 1);
        assertThat(map.open()).hasSize(count);
        requireWhole(map);
    }

    @Test
    void aNewOnDemandTableHasFourPartitionsAndAProvisionedOneWhatItsThroughputNeeds() {
        assertThat(PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1).open()).hasSize(4);
        assertThat(PartitionMap.create(new Throughput(5, 5), 1).open()).hasSize(1);
        assertThat(PartitionMap.create(new Throughput(3_001, 5), 1).open()).hasSize(2);
        assertThat(PartitionMap.create(new Throughput(Long.MAX_VALUE, 1), 1).open())
                .hasSize(64);
    }

    @Test
    void everySeriesOfSplitsDividesAllHashesAndKeepsTheLineage() {
        var random = new Random(14);
        PartitionMap map = PartitionMap.create(writes(3_000), 1);
        for (int version = 2; version < 300; version++) {
            PartitionMap before = map;
            List<Partition> divisible =
                    map.open().stream().filter(one -> before.canSplit(one.id())).toList();
            Partition chosen = divisible.get(random.nextInt(divisible.size()));
            map = map.split(chosen.id(), cut(chosen, random), version);
            assertThat(map.isPending()).isTrue();
            assertThat(map.find(chosen.id()).orElseThrow().state()).isEqualTo(Partition.State.SPLITTING);
            List<Partition> children = map.all().stream()
                    .filter(one -> one.parent().equals(Optional.of(chosen.id())))
                    .toList();
            assertThat(children).hasSize(2).allMatch(Partition::isOpen);
            assertThat(children.getFirst().first()).isEqualTo(chosen.first());
            assertThat(children.getLast().last()).isEqualTo(chosen.last());
            requireWhole(map);
            map = map.settled(version);
            assertThat(map.isPending()).isFalse();
            assertThat(map.find(chosen.id()).orElseThrow().until()).contains((long) version);
        }
        assertThat(map.without(299).all())
                .isEqualTo(map.open().stream()
                        .sorted((one, other) -> Integer.compare(one.id(), other.id()))
                        .toList());
        assertThat(map.closed(1_000).open()).isEmpty();
    }

    @Test
    void aPartitionOfOneHashIsNotSplit() {
        PartitionMap map = PartitionMap.create(writes(1), 1);
        for (int i = 0; i < 64; i++) {
            map = map.split(map.at(0).id(), map.at(0).middle(), 1);
        }
        assertThat(map.at(0).last()).isZero();
        assertThat(map.canSplit(map.at(0).id())).isFalse();
        requireWhole(map);
    }

    @Test
    void aPartitionIsNotSplitAtAHashThatLeavesOneChildEmpty() {
        PartitionMap map = PartitionMap.create(writes(2_000), 1);
        Partition first = map.open().getFirst();
        for (long outside : List.of(first.last(), first.last() + 1, -1L)) {
            assertThatThrownBy(() -> map.split(first.id(), outside, 2)).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void theSharesOfAllOpenPartitionsAreOne() {
        PartitionMap map = PartitionMap.create(writes(7_000), 1);
        assertThat(map.open().stream().mapToDouble(Partition::share).sum()).isCloseTo(1, within(1e-12));
        assertThat(PartitionMap.create(writes(1), 1).at(0).share()).isEqualTo(1);
        assertThat(Partition.open(1, 5, 5, Optional.empty(), 1).share()).isEqualTo(0x1p-64);
    }

    /** Any hash of a partition but its last. */
    private static long cut(Partition partition, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> partition.first();
            case 1 -> partition.last() - 1;
            case 2 -> partition.middle();
            default ->
                partition.first() + Long.remainderUnsigned(random.nextLong(), partition.last() - partition.first());
        };
    }

    private static void requireWhole(PartitionMap map) {
        assertThat(map.open().getFirst().first()).isZero();
        assertThat(map.open().getLast().last()).isEqualTo(-1L);
        for (int i = 1; i < map.open().size(); i++) {
            assertThat(map.open().get(i).first())
                    .isEqualTo(map.open().get(i - 1).last() + 1);
        }
        var random = new Random(map.open().size());
        for (int i = 0; i < 100; i++) {
            long hash = random.nextLong();
            assertThat(map.at(hash).contains(hash)).isTrue();
        }
        for (Partition partition : map.open()) {
            assertThat(map.at(partition.first())).isEqualTo(partition);
            assertThat(map.at(partition.last())).isEqualTo(partition);
        }
    }
}
