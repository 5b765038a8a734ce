package io.gramme.tables.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.tables.table.Partition;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyHeatTest {
    private static final Partition ALL =
            PartitionMap.create(new Throughput(1, 1), 1).at(0);

    private static KeyHeat heat(Object... hashesAndWeights) {
        var entries = new ArrayList<Map.Entry<Long, Double>>();
        for (int i = 0; i < hashesAndWeights.length; i += 2) {
            entries.add(Map.entry(
                    ((Number) hashesAndWeights[i]).longValue(), ((Number) hashesAndWeights[i + 1]).doubleValue()));
        }
        return KeyHeat.of(entries);
    }

    @Test
    void theCutLiesBetweenTheKeysThatHalveTheHeat() {
        assertThat(heat(10, 1, 20, 1, 30, 1, 40, 1).cut(ALL)).contains(25L);
        assertThat(heat(10, 4, 20, 1, 30, 1, 40, 4).cut(ALL)).contains(25L);
        assertThat(heat(10, 3, 20, 3, 30, 1).cut(ALL)).contains(15L);
        assertThat(heat(10, 1, 11, 1).cut(ALL)).contains(10L);
    }

    @Test
    void hashesAreUnsigned() {
        assertThat(heat(-2, 1, 2, 1, -1, 0.9, 1, 0.9).cut(ALL)).contains(Long.MIN_VALUE);
    }

    @Test
    void aDominantKeyIsCutOffByTwoCuts() {
        assertThat(heat(10, 1, 20, 9, 30, 1).cut(ALL)).contains(19L);
        assertThat(heat(10, 1, 0, 9, 30, 1).cut(ALL)).contains(0L);
        assertThat(KeyHeat.isolating(20, partition(20, 90))).contains(20L);
        assertThat(KeyHeat.isolating(20, partition(20, 20))).isEmpty();
        assertThat(KeyHeat.isolating(90, partition(20, 90))).contains(89L);
    }

    @Test
    void oneKeyAloneIsNotCut() {
        assertThat(heat(10, 7).cut(ALL)).isEmpty();
        assertThat(KeyHeat.NONE.cut(ALL)).isEmpty();
    }

    @Test
    void everyCutLeavesBothChildrenAHashAndLessThanAllHeat() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            var entries = new ArrayList<Map.Entry<Long, Double>>();
            Partition partition = round % 2 == 0 ? ALL : partition(1_000, 1_000 + random.nextInt(1, 20));
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                long hash = partition.first() + Long.remainderUnsigned(random.nextLong(), partition.width());
                entries.add(Map.entry(hash, random.nextDouble(0.01, 5)));
            }
            KeyHeat heat = KeyHeat.of(entries);
            heat.cut(partition).ifPresent(last -> {
                assertThat(partition.contains(last)).isTrue();
                assertThat(last).isNotEqualTo(partition.last());
            });
        }
    }

    @Test
    void fewerKeysHaveTheSameTotalAndTheSameDominantKey() {
        var entries = new ArrayList<Map.Entry<Long, Double>>();
        var random = new SplittableRandom(8);
        for (int i = 0; i < 500; i++) {
            entries.add(Map.entry(random.nextLong(), 1.0));
        }
        entries.add(Map.entry(123L, 600.0));
        KeyHeat fewer = KeyHeat.of(entries).condensed(64);
        assertThat(fewer.size()).isLessThanOrEqualTo(64);
        assertThat(fewer.dominant()).hasValue(123);
        assertThat(fewer.hottest(64).stream().mapToDouble(KeyHeat.Key::share).sum())
                .isBetween(0.999, 1.001);
        assertThat(fewer.hottest(1)).extracting(KeyHeat.Key::hash).isEqualTo(List.of(123L));
    }

    private static Partition partition(long first, long last) {
        return new Partition(1, first, last, Optional.empty(), 1, Partition.State.OPEN, Optional.empty());
    }
}
