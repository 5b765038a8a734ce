package io.gramme.server.index;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.ItemSize;
import io.gramme.server.item.Rows;
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
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the entries of a new index for the items that were there before it, in the order of a sweep over the table.
 *
 * <p>A page of the sweep only tells which items to look at. Each is read again in the transaction that writes its entry,
 * so that the entry is that of the item as it is then; whoever changes the item before or after keeps the entry too. An
 * item that does not fit the index is passed over without a word, as on the service.
 *
 * <p>The count of an index is exact but for items that are put or deleted, while it is filled, before the sweep has come
 * to them.
 */
public final class Backfill implements IndexFiller {
    private static final Budget PAGE = new Budget(1_000, 4L << 20);

    /** As many items as a transaction of the service may have. */
    private static final int TOGETHER = 100;

    private final RowStore store;
    private final TableStatistics statistics;

    public Backfill(RowStore store, TableStatistics statistics) {
        this.store = store;
        this.statistics = statistics;
    }

    @Override
    public Optional<RowKey> fill(Table table, SecondaryIndex index, Optional<RowKey> after) {
        HashRange items = HashRange.whole(table.store(), Rows.ITEM);
        Page page = store.sweep(after.map(items::after).orElse(items), PAGE, Consistency.STRONG);
        List<RowKey> keys = page.rows().stream().map(Row::key).toList();
        for (int from = 0; from < keys.size(); from += TOGETHER) {
            var some = new LinkedHashSet<>(keys.subList(from, Math.min(keys.size(), from + TOGETHER)));
            Made made = makeEntries(table, index, some);
            statistics.record(index.place(), made.entries, made.bytes);
        }
        return page.exhausted() ? Optional.empty() : Optional.of(keys.getLast());
    }

    private record Made(long entries, long bytes) {}

    private Made makeEntries(Table table, SecondaryIndex index, Set<RowKey> keys) {
        return store.transact(keys, current -> {
            var writes = new ArrayList<Write>();
            long bytes = 0;
            for (Optional<Row> row : current.values()) {
                Optional<Item> item = row.map(found -> ItemCodec.decode(found.value()));
                Optional<Item> entry = item.flatMap(index.index()::entry);
                if (entry.isPresent()) {
                    writes.add(Rows.entry(table, index, item.orElseThrow()).orElseThrow());
                    bytes += ItemSize.of(entry.get());
                }
            }
            return new Outcome<>(writes, new Made(writes.size(), bytes));
        });
    }
}
