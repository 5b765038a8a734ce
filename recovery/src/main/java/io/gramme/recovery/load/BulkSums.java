package io.gramme.recovery.load;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.ItemSize;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a bulk put, or a part of it, has done so far.
 *
 * @param items that were processed, with every outcome
 * @param failed items that could not be read, or broke a rule of the table
 * @param refused items whose condition was false
 * @param inputBytes of the objects as they are stored
 * @param tableBytes of the items that were put
 * @param localBytes of their entries in each local index
 * @param globalBytes of their entries in each global index
 */
public record BulkSums(
        long items,
        long failed,
        long refused,
        long inputBytes,
        long tableBytes,
        Map<String, Long> localBytes,
        Map<String, Long> globalBytes) {
    static final BulkSums ZERO = new BulkSums(0, 0, 0, 0, 0, Map.of(), Map.of());

    public BulkSums {
        localBytes = Map.copyOf(localBytes);
        globalBytes = Map.copyOf(globalBytes);
    }

    static BulkSums ofFailed() {
        return new BulkSums(1, 1, 0, 0, 0, Map.of(), Map.of());
    }

    static BulkSums ofRefused() {
        return new BulkSums(1, 0, 1, 0, 0, Map.of(), Map.of());
    }

    /** The sums of one item that was put. They do not depend on what was stored before. */
    static BulkSums ofPut(Table table, Item item) {
        return new BulkSums(
                1,
                0,
                0,
                0,
                ItemSize.of(item),
                entries(table.localIndexes(), item),
                entries(table.globalIndexes(), item));
    }

    private static Map<String, Long> entries(List<SecondaryIndex> indexes, Item item) {
        var bytes = new LinkedHashMap<String, Long>();
        for (SecondaryIndex index : indexes) {
            index.index().entry(item).ifPresent(entry -> bytes.put(index.name(), (long) ItemSize.of(entry)));
        }
        return bytes;
    }

    /** Of the items and all their entries. */
    public long allBytes() {
        return Stream.of(localBytes, globalBytes)
                .flatMap(bytes -> bytes.values().stream())
                .reduce(tableBytes, Long::sum);
    }

    BulkSums plusInput(long bytes) {
        return plus(new BulkSums(0, 0, 0, bytes, 0, Map.of(), Map.of()));
    }

    BulkSums plus(BulkSums other) {
        return new BulkSums(
                items + other.items,
                failed + other.failed,
                refused + other.refused,
                inputBytes + other.inputBytes,
                tableBytes + other.tableBytes,
                sum(localBytes, other.localBytes),
                sum(globalBytes, other.globalBytes));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        var sums = new LinkedHashMap<>(one);
        other.forEach((index, bytes) -> sums.merge(index, bytes, Long::sum));
        return sums;
    }

    Bytes encode() {
        return ItemCodec.encode(fields().toItem());
    }

    Fields fields() {
        return new Fields()
                .put("Items", items)
                .put("Failed", failed)
                .put("Refused", refused)
                .put("Input", inputBytes)
                .put("Table", tableBytes)
                .put("Local", fields(localBytes))
                .put("Global", fields(globalBytes));
    }

    static BulkSums decode(Bytes code) {
        return code.isEmpty() ? ZERO : of(Fields.of(ItemCodec.decode(code)));
    }

    static BulkSums of(Fields fields) {
        return new BulkSums(
                fields.number("Items"),
                fields.number("Failed"),
                fields.number("Refused"),
                fields.number("Input"),
                fields.number("Table"),
                bytes(fields.inner("Local")),
                bytes(fields.inner("Global")));
    }

    private static Fields fields(Map<String, Long> ofIndexes) {
        var fields = new Fields();
        ofIndexes.forEach((index, bytes) -> fields.put(index, bytes.longValue()));
        return fields;
    }

    private static Map<String, Long> bytes(Fields fields) {
        var bytes = new LinkedHashMap<String, Long>();
        fields.values().keySet().forEach(index -> bytes.put(index, fields.number(index)));
        return bytes;
    }
}
