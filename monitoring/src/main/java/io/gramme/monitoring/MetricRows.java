package io.gramme.monitoring;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The rows of stored metrics: a directory of the series, and a row for each series, hour and process. A process writes
 * only its own rows, whole, so that servers do not contend and nothing is lost that another has stored; readers add the
 * rows of an hour up.
 */
final class MetricRows {
    private static final int PARTITIONS = 16;
    private static final int BATCH = 100;
    private static final Budget PAGE = new Budget(BATCH, 1 << 20);

    private static final Bytes DIRECTORY = Bytes.of(0x40);
    private static final Bytes HOUR = Bytes.of(0x41);

    /** Ends an id, which has no zero. */
    private static final Bytes END = Bytes.of(0);

    private static final PartitionKey SERIES = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("metric series"));

    private final RowStore store;

    MetricRows(RowStore store) {
        this.store = store;
    }

    /**
     * A block to store.
     *
     * @param process tells the rows of this process from those of any other, and of its own earlier runs
     */
    record Block(MetricId id, long hour, long process, Bytes content) {}

    void store(List<Block> blocks) {
        Map<PartitionKey, List<Write>> writes = new HashMap<>();
        for (Block block : blocks) {
            RowKey key = key(block.id, block.hour, block.process);
            writes.computeIfAbsent(key.partition(), _ -> new ArrayList<>()).add(new Write.Put(key, block.content));
        }
        writes.values().forEach(this::write);
    }

    /** Notes in the directory that these series had values in an hour. */
    void list(List<MetricId> ids, long hour) {
        write(ids.stream()
                .<Write>map(id -> new Write.Put(listing(id), Bytes.ofLong(hour)))
                .toList());
    }

    private void write(List<Write> writes) {
        for (int from = 0; from < writes.size(); from += BATCH) {
            List<Write> batch = writes.subList(from, Math.min(writes.size(), from + BATCH));
            Set<RowKey> keys = new HashSet<>();
            batch.forEach(write -> keys.add(write.key()));
            store.transact(keys, _ -> new Outcome<>(batch, true));
        }
    }

    /** Passes each listed series to {@code each}, with the last hour in which it had values. */
    void directory(BiConsumer<MetricId, Long> each) {
        AllRows.scan(
                store,
                SERIES,
                Range.startingWith(DIRECTORY),
                row -> id(row).ifPresent(id -> each.accept(id, row.value().longAt(0))));
    }

    private static Optional<MetricId> id(Row row) {
        return MetricId.fromBytes(row.key().sort().from(DIRECTORY.length()));
    }

    /** Receives a stored block of any process. */
    @FunctionalInterface
    interface BlockReader {
        void accept(long hour, long process, Bytes content);
    }

    /** Passes the stored blocks of a series to {@code each}, from the hour {@code from} to the hour {@code to}, included. */
    void read(MetricId id, long from, long to, BlockReader each) {
        Bytes prefix = prefix(id);
        Bytes start = prefix.plus(Bytes.ofInt((int) from));
        Bytes end = prefix.plus(Bytes.ofInt((int) (to + 1)));
        Page page;
        do {
            page = store.scan(
                    partition(id), new Range(start, Optional.of(end)), Direction.FORWARD, PAGE, Consistency.EVENTUAL);
            for (Row row : page.rows()) {
                Bytes sort = row.key().sort();
                int at = prefix.length();
                each.accept(sort.intAt(at), sort.longAt(at + Integer.BYTES), row.value());
                start = sort.next();
            }
        } while (!page.exhausted());
    }

    /** Deletes the blocks of all series before an hour, and the series that have had no values since. */
    void expire(long before) {
        var ids = new HashMap<MetricId, Long>();
        directory(ids::put);
        ids.forEach((id, last) -> {
            deleteBlocks(id, before);
            if (last < before) {
                RowKey listing = listing(id);
                store.transact(Set.of(listing), current -> {
                    boolean idle = current.getOrDefault(listing, Optional.empty())
                            .filter(row -> row.value().longAt(0) < before)
                            .isPresent();
                    return new Outcome<>(idle ? List.of(new Write.Delete(listing)) : List.of(), true);
                });
            }
        });
    }

    private void deleteBlocks(MetricId id, long before) {
        Bytes prefix = prefix(id);
        var range = new Range(prefix, Optional.of(prefix.plus(Bytes.ofInt((int) before))));
        Page page;
        do {
            page = store.scan(partition(id), range, Direction.FORWARD, PAGE, Consistency.STRONG);
            write(page.rows().stream()
                    .<Write>map(row -> new Write.Delete(row.key()))
                    .toList());
        } while (!page.exhausted());
    }

    private static RowKey listing(MetricId id) {
        return new RowKey(SERIES, DIRECTORY.plus(id.toBytes()));
    }

    private static RowKey key(MetricId id, long hour, long process) {
        return new RowKey(
                partition(id), prefix(id).plus(Bytes.ofInt((int) hour)).plus(Bytes.ofLong(process)));
    }

    private static Bytes prefix(MetricId id) {
        return HOUR.plus(id.toBytes()).plus(END);
    }

    private static PartitionKey partition(MetricId id) {
        int number = Math.floorMod(id.toBytes().hashCode(), PARTITIONS);
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("metrics " + number));
    }
}
