package io.gramme.server.item;

import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.StoredItem;
import io.gramme.server.table.IndexFiller;
import io.gramme.server.table.OnlineIndex;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableStatistics;
import io.gramme.server.table.TimeToLive;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.parallel.BoundedParallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Backfills a new index, a batch of items at a time. A swept item may be outdated by the time its entry is written, so
 * the transaction that writes the entry reads the item again: an older entry never overwrites the entry of a concurrent
 * writer.
 */
public final class EntryFiller implements IndexFiller {
    /** Items are locked while their entries are written: a batch is so small that a writer hardly waits. */
    private static final Budget BATCH = new Budget(50, 1 << 20);

    private final RowStore store;
    private final TableStatistics statistics;

    public EntryFiller(RowStore store, TableStatistics statistics) {
        this.store = store;
        this.statistics = statistics;
    }

    @Override
    public Optional<RowKey> fill(Table table, OnlineIndex index, Optional<RowKey> after) {
        HashRange whole = HashRange.whole(table.tablespace(), Rows.ITEM);
        Page page = store.sweep(after.map(whole::after).orElse(whole), BATCH, Consistency.STRONG);
        if (page.rows().isEmpty()) {
            return Optional.empty();
        }
        BoundedParallel.eachPartition(
                        store, page.rows(), row -> row.key().partition(), items -> addMissing(table, index, items))
                .forEach(added -> added.forEach(entry -> count(index, entry)));
        return Optional.of(page.rows().getLast().key());
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
            return new Outcome<>(List.copyOf(added), List.copyOf(added));
        });
    }
}
