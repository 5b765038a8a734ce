package io.gramme.tables.partition;

import io.gramme.core.bytes.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored form of a report: the heat of a table or global index on one server. Only the hottest partitions, and few of
 * their keys, are in it, so that its size is bounded.
 *
 * <pre>
 * version (1)  number (8)  use (64)  peak (16)
 * partitions (4) { id (4)  use (64)  keys (4) { hash (8)  weight (8) } }
 * </pre>
 */
final class HeatCodec {
    private static final byte VERSION = 1;
    private static final int FIGURES = 8;
    private static final int MOST_PARTITIONS = 64;
    private static final int MOST_KEYS = 64;

    private HeatCodec() {}

    /** @param number differs from those of all other reports of the same server */
    record Report(long number, TableHeat heat) {}

    static Bytes encode(Report report) {
        List<Map.Entry<Integer, PartitionHeat>> hottest = report.heat.partitions().entrySet().stream()
                .sorted(Comparator.<Map.Entry<Integer, PartitionHeat>>comparingDouble(
                                entry -> entry.getValue().use().minute().ofPartition())
                        .reversed())
                .limit(MOST_PARTITIONS)
                .toList();
        List<KeyHeat> keys = hottest.stream()
                .map(entry -> entry.getValue().keys().condensed(MOST_KEYS))
                .toList();
        int ofKeys = keys.stream().mapToInt(KeyHeat::size).sum() * 2 * Long.BYTES;
        int ofPartitions = hottest.size() * (2 * Integer.BYTES + FIGURES * Long.BYTES);
        int head = 1 + Long.BYTES + (FIGURES + 2) * Long.BYTES + Integer.BYTES;
        var bytes = ByteBuffer.allocate(head + ofPartitions + ofKeys);
        bytes.put(VERSION).putLong(report.number);
        put(bytes, report.heat.use());
        put(bytes, report.heat.peak());
        bytes.putInt(hottest.size());
        for (int i = 0; i < hottest.size(); i++) {
            bytes.putInt(hottest.get(i).getKey());
            put(bytes, hottest.get(i).getValue().use());
            bytes.putInt(keys.get(i).size());
            keys.get(i).forEach((hash, weight) -> bytes.putLong(hash).putDouble(weight));
        }
        return Bytes.wrap(bytes.array());
    }

    private static void put(ByteBuffer bytes, Use use) {
        put(bytes, use.second());
        put(bytes, use.tenSeconds());
        put(bytes, use.minute());
        bytes.putLong(use.refusedReads()).putLong(use.refusedWrites());
    }

    private static void put(ByteBuffer bytes, Rate rate) {
        bytes.putDouble(rate.reads()).putDouble(rate.writes());
    }

    /** Empty for a report in a form that this version does not know: reports matter for seconds only. */
    static Optional<Report> decode(Bytes stored) {
        var bytes = ByteBuffer.wrap(stored.shared());
        try {
            return bytes.get() == VERSION ? Optional.of(report(bytes)) : Optional.empty();
        } catch (BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    private static Report report(ByteBuffer bytes) {
        long number = bytes.getLong();
        Use whole = use(bytes);
        Rate peak = rate(bytes);
        var partitions = new HashMap<Integer, PartitionHeat>();
        for (int left = bytes.getInt(); left > 0; left--) {
            int id = bytes.getInt();
            Use use = use(bytes);
            var keys = new ArrayList<Map.Entry<Long, Double>>();
            for (int more = bytes.getInt(); more > 0; more--) {
                keys.add(Map.entry(bytes.getLong(), bytes.getDouble()));
            }
            partitions.put(id, new PartitionHeat(use, KeyHeat.of(keys)));
        }
        return new Report(number, new TableHeat(whole, peak, partitions));
    }

    private static Use use(ByteBuffer bytes) {
        return new Use(rate(bytes), rate(bytes), rate(bytes), bytes.getLong(), bytes.getLong());
    }

    private static Rate rate(ByteBuffer bytes) {
        return new Rate(bytes.getDouble(), bytes.getDouble());
    }
}
