package io.gramme.server.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.server.table.IndexFiller;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableStatistics;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the entries of a new global index, some items at a time. What a sweep shows of an item may be old by the time its
 * entry is written, so each item is read again in the transaction that writes the entry: a writer's own entry then never
 * loses against an older one.
 */
public final class EntryFiller implements IndexFiller {
    /** Items are locked while their entries are written: few enough that a writer hardly waits. */
    private static final Budget BATCH = new Budget(50, 1 << 20);

    private final RowStore store;
    private final TableStatistics statistics;

    public EntryFiller(RowStore store, TableStatistics statistics) {
        this.store = store;
        this.statistics = statistics;
    }

    @Override
    public Optional<RowKey> fill(Table table, SecondaryIndex index, Optional<RowKey> after) {
        HashRange whole = HashRange.whole(table.store(), Rows.ITEM);
        Page page = store.sweep(after.map(whole::after).orElse(whole), BATCH, Consistency.STRONG);
        if (page.rows().isEmpty()) {
            return Optional.empty();
        }
        Map<RowKey, RowKey> entries = entries(table, index, page.rows());
        for (Item entry : addMissing(table, index, entries)) {
            statistics.record(index.place(), 1, Change.size(Optional.of(entry)));
        }
        return Optional.of(page.rows().getLast().key());
    }

    /** Where the entries of these items are, or shall be: by item. */
    private static Map<RowKey, RowKey> entries(Table table, SecondaryIndex index, List<Row> items) {
        var entries = new LinkedHashMap<RowKey, RowKey>();
        for (Row item : items) {
            entry(index, item).ifPresent(entry -> entries.put(item.key(), Rows.entryKey(table, index, entry)));
        }
        return entries;
    }

    private static Optional<Item> entry(SecondaryIndex index, Row item) {
        return index.index().entry(ItemCodec.decode(item.value()));
    }

    /** Writes the entries that are not there; answers what it wrote. */
    private List<Item> addMissing(Table table, SecondaryIndex index, Map<RowKey, RowKey> entries) {
        var reads = new LinkedHashSet<>(entries.keySet());
        reads.addAll(entries.values());
        return store.transact(reads, current -> {
            var writes = new ArrayList<Write>();
            var added = new ArrayList<Item>();
            entries.forEach((item, place) -> Transition.row(current, item)
                    .flatMap(row -> entry(index, row))
                    // If the entry has moved meanwhile, a writer has moved it, and has written it where it is now.
                    .filter(entry -> Rows.entryKey(table, index, entry).equals(place))
                    .filter(_ -> Transition.row(current, place).isEmpty())
                    .ifPresent(entry -> {
                        writes.add(new Write.Put(place, ItemCodec.encode(entry)));
                        added.add(entry);
                    }));
            return new Outcome<>(writes, List.copyOf(added));
        });
    }
}
