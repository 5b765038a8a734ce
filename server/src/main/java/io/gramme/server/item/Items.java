package io.gramme.server.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableStatistics;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowStore;
import java.util.List;
import java.util.Optional;

/** The items of all tables: read one, write one, write some together. Index entries and statistics follow. */
public final class Items {
    /** The service's limit of an item collection. */
    public static final long MAX_COLLECTION_BYTES = 10L << 30;

    private final RowStore store;
    private final TableStatistics statistics;
    private final long maxCollectionBytes;

    public Items(RowStore store, TableStatistics statistics, long maxCollectionBytes) {
        this.store = store;
        this.statistics = statistics;
        this.maxCollectionBytes = maxCollectionBytes;
    }

    public Optional<Item> get(Table table, Item key, Consistency consistency) {
        return store.get(Rows.item(table, key), consistency).map(row -> ItemCodec.decode(row.value()));
    }

    /** Writes one item with its index entries, all or none. What {@code write}'s edit throws passes through. */
    public Change write(ItemWrite write) {
        return writeAll(List.of(write)).getFirst();
    }

    /** Writes some items, no two of them the same, all or none; answers in their order. */
    public List<Change> writeAll(List<ItemWrite> writes) {
        var transition = new WriteTransition(writes, maxCollectionBytes);
        List<Change> changes = store.transact(transition.reads(), transition);
        changes.forEach(this::count);
        return changes;
    }

    private void count(Change change) {
        long number = change.table().store();
        statistics.record(number, items(change.before(), change.after()), bytes(change.before(), change.after()));
        for (Change.EntryChange entry : change.entries()) {
            long items = items(entry.before(), entry.after());
            long bytes = bytes(entry.before(), entry.after());
            long place = entry.index().place();
            if (entry.index().isLocal()) {
                statistics.recordLocal(number, place, items, bytes);
            } else {
                statistics.record(place, items, bytes);
            }
        }
    }

    private static long items(Optional<Item> before, Optional<Item> after) {
        return (after.isPresent() ? 1L : 0L) - (before.isPresent() ? 1L : 0L);
    }

    private static long bytes(Optional<Item> before, Optional<Item> after) {
        return Change.size(after) - Change.size(before);
    }
}
