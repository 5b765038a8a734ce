package io.gramme.tables.item;

import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.parallel.BoundedParallel;
import io.gramme.tables.table.OnlineIndex;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableStatistics;
import io.gramme.tables.table.TimeToLive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Fills a new index, some items at a time. A swept item may be outdated by the time its entry is written, so the
 * transaction that writes the entry reads the item again: an older entry never overwrites the entry of a concurrent
 * writer. Repeated work, and work concurrent with writes, leaves the index consistent with the items.
 */
final class EntryFiller {
    private final RowStore store;
    private final TableStatistics statistics;

    EntryFiller(RowStore store, TableStatistics statistics) {
        this.store = store;
        this.statistics = statistics;
    }

    /**
     * The result of one call.
     *
     * @param last the last row that was processed; empty if there was none
     * @param bytes of the items that were processed
     * @param exhausted whether the range holds nothing after it
     */
    record Filled(Optional<RowKey> last, long items, long bytes, boolean exhausted) {}

    /** Writes the entries of the first items in a range. All writers maintain the index's entries already. */
    Filled fill(Table table, OnlineIndex index, HashRange range, Budget budget) {
        Page page = store.sweep(range, budget, Consistency.STRONG);
        List<Row> rows = page.rows();
        if (!rows.isEmpty()) {
            BoundedParallel.eachPartition(
                            store, rows, row -> row.key().partition(), items -> addMissing(table, index, items))
                    .forEach(added -> added.forEach(entry -> count(index, entry)));
        }
        Optional<RowKey> last =
                rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().key());
        long bytes = rows.stream().mapToLong(row -> row.value().length()).sum();
        return new Filled(last, rows.size(), bytes, page.exhausted());
    }

    private void count(OnlineIndex index, Write.Put entry) {
        switch (index) {
            case SecondaryIndex counted ->
                statistics.record(
                        counted.tablespace(),
                        counted.partitions().at(entry.key().partition().hash()),
                        1,
                        Change.size(Optional.of(ItemCodec.decode(entry.value()))));
            // Only entries that clients see are counted.
            case TimeToLive _ -> {}
        }
    }

    private static Optional<Write.Put> entry(Table table, OnlineIndex index, Row row) {
        return StoredItem.item(row.value()).flatMap(item -> switch (index) {
            case SecondaryIndex secondary -> Rows.entry(table, secondary, item);
            case TimeToLive timeToLive -> ExpiryRows.entry(table, timeToLive, item);
        });
    }

    /**
     * Writes the missing entries; returns what it wrote. Skips an item that was written after the sweep read it: its
     * writer has maintained the entry. So the transaction need not name the entries, which an engine may keep in
     * another way than rows that are named.
     */
    private List<Write.Put> addMissing(Table table, OnlineIndex index, List<Row> swept) {
        List<Row> items = new ArrayList<>();
        List<RowKey> entries = new ArrayList<>();
        for (Row item : swept) {
            entry(table, index, item).ifPresent(entry -> {
                items.add(item);
                entries.add(entry.key());
            });
        }
        List<Optional<Row>> found = store.getAll(entries, Consistency.STRONG);
        var missing = new LinkedHashMap<RowKey, Row>();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isEmpty()) {
                missing.put(items.get(i).key(), items.get(i));
            }
        }
        if (missing.isEmpty()) {
            return List.of();
        }
        return store.transact(missing.keySet(), current -> {
            var added = new ArrayList<Write.Put>();
            missing.forEach((key, item) -> Transition.row(current, key)
                    .filter(row -> row.version() == item.version())
                    .flatMap(row -> entry(table, index, row))
                    .ifPresent(added::add));
            return new Outcome<>(List.copyOf(added), List.of(), images(table, added), List.copyOf(added));
        });
    }

    /** While the table keeps history, the entries are new in it, too. */
    private static List<Retained> images(Table table, List<Write.Put> added) {
        return table.imagesKept()
                .map(keep -> added.stream()
                        .map(entry -> new Retained(entry.key(), Optional.empty(), keep))
                        .toList())
                .orElse(List.of());
    }
}
