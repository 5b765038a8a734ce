package io.gramme.server.operation;

import io.gramme.api.HashShare;
import io.gramme.api.PartitionDescription;
import io.gramme.api.PartitionState;
import io.gramme.api.UnitsConsumed;
import io.gramme.tables.partition.KeyHeat;
import io.gramme.tables.partition.PartitionHeat;
import io.gramme.tables.partition.Rate;
import io.gramme.tables.partition.Use;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.TableStatistics.Size;
import io.gramme.tables.table.Throughput;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Conversion of partitions to what clients see of them. */
final class PartitionDescriptions {
    static final int MINUTE = 60;
    private static final int HOTTEST = 5;
    private static final double PERCENT = 100;
    private static final double ROUNDING = 100;

    private PartitionDescriptions() {}

    static PartitionDescription of(Partition partition, PartitionHeat heat, Optional<Size> size) {
        Use use = heat.use();
        return PartitionDescription.builder()
                .partitionId(partition.id())
                .firstHash(hash(partition.first()))
                .lastHash(hash(partition.last()))
                .parentPartitionId(partition.parent())
                .state(PartitionState.valueOf(partition.state().name()))
                .itemCount(size.map(Size::items))
                .sizeBytes(size.map(Size::bytes))
                .lastSecond(units(use.second(), 1))
                .lastMinute(units(use.minute(), MINUTE))
                .throttledReads(use.refusedReads())
                .throttledWrites(use.refusedWrites())
                .capacityPercent(rounded(PERCENT * use.second().ofPartition()))
                .hottestHashes(hottest(heat.keys()))
                .build();
    }

    private static List<HashShare> hottest(KeyHeat keys) {
        return keys.hottest(HOTTEST).stream()
                .map(key -> HashShare.builder()
                        .hash(hash(key.hash()))
                        .percent(rounded(PERCENT * key.share()))
                        .build())
                .toList();
    }

    /** The units of so many seconds. */
    static UnitsConsumed units(Rate rate, int seconds) {
        return UnitsConsumed.builder()
                .readUnits(rounded(rate.reads() * seconds))
                .writeUnits(rounded(rate.writes() * seconds))
                .build();
    }

    static UnitsConsumed units(Throughput throughput) {
        return UnitsConsumed.builder()
                .readUnits((double) throughput.readUnits())
                .writeUnits((double) throughput.writeUnits())
                .build();
    }

    /** An unsigned number, in the order of which hexadecimal digits sort. */
    private static String hash(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }

    private static double rounded(double number) {
        return Math.round(number * ROUNDING) / ROUNDING;
    }
}
