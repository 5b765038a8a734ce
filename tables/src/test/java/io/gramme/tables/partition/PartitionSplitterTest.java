package io.gramme.tables.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Throughput;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which partitions are split because of what is read and written of them, and where. */
class PartitionSplitterTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(5);
    private final SplittableRandom random = new SplittableRandom(16);

    /** So many units of keys spread over all hashes, {@code step} at a time. */
    private void spread(HeatedTable table, int units, int step) {
        for (int left = units; left > 0; left -= step) {
            table.read(random.nextLong(), step);
        }
    }

    @Test
    void aPartitionThatIsHotForTwoMinutesIsSplitAtTheMedianOfItsHeat() {
        HeatedTable table = HeatedTable.ofPartitions(1);
        // All of the heat is in the last sixteenth of the hashes.
        Runnable load = () -> {
            for (int i = 0; i < 260; i++) {
                table.read(0xF000_0000_0000_0000L | random.nextLong() >>> 4, 10);
            }
        };
        table.pass(Duration.ofSeconds(125), load);
        assertThat(table.open()).hasSize(1);
        table.pass(Duration.ofSeconds(30), load);
        assertThat(table.open()).hasSize(2);
        assertThat(table.open().getFirst().share()).isCloseTo(31 / 32.0, within(0.01));
    }

    @Test
    void aSplitDoublesWhatEvenlySpreadKeysAreServed() {
        HeatedTable table = HeatedTable.ofPartitions(2);
        var served = new int[1];
        // All keys in one half.
        Runnable load = () -> {
            for (int i = 0; i < 1_000; i++) {
                served[0] += table.read(random.nextLong() >>> 1, 6);
            }
        };
        table.pass(Duration.ofSeconds(60), load);
        assertThat(served[0] / 60).isCloseTo(3_000, within(100));
        table.pass(LONG, load);
        served[0] = 0;
        table.pass(Duration.ofSeconds(60), load);
        assertThat(served[0] / 60).isCloseTo(6_000, within(150));
    }

    @Test
    void aPartitionBelowItsLimitOrHotForAMomentOnlyIsLeftAlone() {
        HeatedTable table = HeatedTable.ofPartitions(1);
        table.pass(LONG, () -> spread(table, 2_300, 100));
        for (int i = 0; i < 5; i++) {
            table.pass(Duration.ofSeconds(90), () -> spread(table, 3_000, 100));
            table.pass(Duration.ofSeconds(20), () -> {});
        }
        assertThat(table.open()).hasSize(1);
    }

    @Test
    void aKeyWithMostOfTheHeatIsIsolatedAndNotSplitFurther() {
        HeatedTable table = HeatedTable.ofPartitions(1);
        long hot = random.nextLong();
        Runnable load = () -> {
            table.read(hot, 2_000);
            spread(table, 800, 10);
        };
        table.pass(Duration.ofSeconds(160), load);
        Partition own = table.at(hot);
        assertThat(own.first()).isEqualTo(hot);
        assertThat(own.last()).isEqualTo(hot);
        assertThat(table.open()).hasSize(3);
        table.pass(LONG, () -> {
            table.read(hot, 5_000);
            spread(table, 800, 10);
        });
        assertThat(table.open()).hasSize(3);
    }

    @Test
    void anIsolatedKeyLeavesTheOthersTheirOwnCapacity() {
        HeatedTable table = HeatedTable.ofPartitions(2);
        long hot = random.nextLong() >>> 1;
        var served = new int[1];
        Runnable load = () -> {
            table.read(hot, 2_900);
            for (int i = 0; i < 100; i++) {
                served[0] += table.read(random.nextLong() >>> 1, 10);
            }
        };
        table.pass(Duration.ofSeconds(60), load);
        assertThat(served[0] / 60).isLessThan(250);
        table.pass(LONG, load);
        served[0] = 0;
        table.pass(Duration.ofSeconds(60), load);
        assertThat(served[0] / 60).isEqualTo(1_000);
    }

    @Test
    void oneKeyWithAllOfTheHeatIsNotSplit() {
        HeatedTable table = HeatedTable.ofPartitions(1);
        table.pass(LONG, () -> table.read(17, 5_000));
        assertThat(table.open()).hasSize(1);
    }

    @Test
    void aScanHeatsAllKeysAlikeAndSplitsInTheMiddle() {
        HeatedTable table = HeatedTable.ofPartitions(1);
        table.pass(Duration.ofSeconds(160), () -> table.scan(table.open().getFirst(), 2_700));
        assertThat(table.open().getFirst().share()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void withoutTheServicesLimitsNothingIsSplitByHeat() {
        for (ThroughputMode mode : new ThroughputMode[] {ThroughputMode.OFF, ThroughputMode.LIMITS}) {
            var table = new HeatedTable(mode, one -> one);
            table.pass(LONG, () -> spread(table, 50_000, 5_000));
            assertThat(table.open()).hasSize(4);
            assertThat(table.table().capacity().warm()).isEqualTo(Throughput.INITIAL_ON_DEMAND);
        }
    }

    @Test
    void warmThroughputGrowsToTwiceThePeakAndBringsThePartitionsForIt() {
        var table = new HeatedTable();
        table.pass(Duration.ofSeconds(20), () -> spread(table, 5_000, 100));
        assertThat(table.table().capacity().warm()).isEqualTo(Throughput.INITIAL_ON_DEMAND);
        table.pass(TWO_MINUTES, () -> spread(table, 10_000, 100));
        assertThat(table.table().capacity().warm().readUnits()).isBetween(19_000L, 21_000L);
        assertThat(table.table().capacity().warm().writeUnits()).isEqualTo(4_000);
        assertThat(table.open()).hasSize(7);
        table.pass(Duration.ofMinutes(5), () -> spread(table, 50_000, 500));
        assertThat(table.table().capacity().warm().readUnits()).isEqualTo(40_000);
        assertThat(table.open()).hasSizeGreaterThanOrEqualTo(14);
        table.pass(Duration.ofMinutes(40), () -> {});
        assertThat(table.table().capacity().warm().readUnits())
                .as("never falls")
                .isEqualTo(40_000);
    }

    @Test
    void aChildBeginsWithHalfOfTheCapacityThatItsParentHadLeft() {
        HeatedTable table = HeatedTable.ofPartitions(1);
        table.pass(Duration.ofSeconds(10), () -> spread(table, 2_000, 10));
        table.read(0, 3_000);
        Partition parent = table.at(0);
        table.life.settle(table.tables.split(table.table(), parent, parent.middle()));
        assertThat(table.read(0, 3_000) + table.read(-1, 3_000)).isZero();
    }
}
