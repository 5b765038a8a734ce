package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.CapacityLeft;
import io.gramme.api.DescribePartitionsOutput;
import io.gramme.api.HashShare;
import io.gramme.api.PartitionDescription;
import io.gramme.api.PartitionState;
import io.gramme.api.ThrottleEvent;
import io.gramme.api.ThroughputModeName;
import io.gramme.api.UnitsConsumed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:05Z");
    private static final String REASON = "TableWriteKeyRangeThroughputExceeded";

    private final StringWriter out = new StringWriter();

    private static UnitsConsumed units(double reads, double writes) {
        return UnitsConsumed.builder().readUnits(reads).writeUnits(writes).build();
    }

    private static PartitionDescription partition(int id, double percent, PartitionState state) {
        return PartitionDescription.builder()
                .partitionId(id)
                .firstHash(String.format("%x000000000000000", id))
                .state(state)
                .lastSecond(units(30 * percent, 0))
                .lastMinute(units(60 * 30 * percent, 0))
                .capacityPercent(percent)
                .throttledReads(0L)
                .throttledWrites(3L)
                .itemCount(1_234L)
                .sizeBytes(5_000_000L)
                .hottestHashes(List.of(HashShare.builder()
                        .hash("c0ffee0000000000")
                        .percent(61.4)
                        .build()))
                .build();
    }

    private static DescribePartitionsOutput table(long refused) {
        return DescribePartitionsOutput.builder()
                .tableName("orders")
                .throughputMode(ThroughputModeName.AWS)
                .lastSecond(units(2_911.5, 120))
                .lastMinute(units(174_000, 7_000.5))
                .throttledReads(0L)
                .throttledWrites(12L)
                .writeCapacity(CapacityLeft.builder()
                        .unitsPerSecond(4_000.0)
                        .unitsLeft(-15.5)
                        .build())
                .throttleEvents(List.of(
                        ThrottleEvent.builder().reason(REASON).count(refused).build()))
                .partitions(List.of(
                        partition(1, 4, PartitionState.OPEN),
                        partition(2, 0, PartitionState.CLOSED),
                        partition(3, 97, PartitionState.OPEN)))
                .build();
    }

    private String printed() {
        String printed = out.toString().replace(System.lineSeparator(), "\n");
        out.getBuffer().setLength(0);
        return printed;
    }

    @Test
    void theScreenShowsTheTableAndTheHottestPartitionsFirst() {
        new TopScreen(new PrintWriter(out), false).print(table(7_012), NOW);
        assertThat(printed()).isEqualTo("""
                        orders  10:00:05 UTC  throughput aws  2 partitions

                                UNITS/S  LAST MINUTE  CAPACITY/S  UNITS LEFT  THROTTLED IN A MINUTE
                        reads   2,911.5    174,000.0   unlimited   unlimited                      0
                        writes    120.0      7,000.5     4,000.0       -15.5                     12

                        THROTTLED BECAUSE OF                  NOW  SINCE START
                        TableWriteKeyRangeThroughputExceeded    0        7,012

                        PARTITION  FIRST HASH        READS/S  WRITES/S  CAPACITY            THROTTLED  ITEMS    SIZE  HOTTEST KEY
                                3  3000000000000000  2,910.0       0.0  [##########]  97 %          3  1,234  4.8 MB  c0ffee0000000000 61 %
                                1  1000000000000000    120.0       0.0  [----------]   4 %          3  1,234  4.8 MB  c0ffee0000000000 61 %
                        """);
    }

    @Test
    void elsewhereEachSecondIsALineWithTheRefusalsSinceTheOneBefore() {
        var screen = new TopScreen(new PrintWriter(out), false);
        screen.show(table(7_000), NOW);
        assertThat(printed())
                .isEqualTo("10:00:05  reads 2,911.5/s  writes 120.0/s  writes left -15.5  partition 3 at 97 %\n");
        screen.show(table(7_012), NOW);
        assertThat(printed()).endsWith("  partition 3 at 97 %  throttled 12 " + REASON + "\n");
        screen.show(table(7_012), NOW);
        assertThat(printed()).doesNotContain("throttled");
    }

    @Test
    void aTerminalIsDrawnAnewFromItsTop() {
        var screen = new TopScreen(new PrintWriter(out), true);
        screen.show(table(0), NOW);
        assertThat(printed()).startsWith("\033[H\033[J").contains("HOTTEST KEY");
    }
}
