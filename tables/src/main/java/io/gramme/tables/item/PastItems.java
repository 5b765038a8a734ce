package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Budget;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Page;
import io.gramme.storage.PastRows;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.table.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items of a table, or the entries of one of its indexes, exactly as they were at one log position: each
 * transaction wholly or not at all, while writes go on. A consumer that reads the table's log from the same position on
 * has every later state.
 *
 * <p>The table must keep history ({@link io.gramme.tables.table.TableHistory}) since the position or longer. An index
 * must have been active at the position: a younger one lacks the entries that its backfill had yet to
 * make. For use by any thread.
 */
public final class PastItems {
    private final ReadTarget target;
    private final PastRows rows;

    PastItems(RowStore store, ReadTarget target, LogPosition at) {
        this.target = target;
        this.rows = new PastRows(store, at);
    }

    /**
     * Some items in a row.
     *
     * @param items in the order of a Scan
     * @param bytes of their stored form
     * @param last where to resume; empty if there are no more
     */
    public record Slice(List<Item> items, long bytes, Optional<RowKey> last) {
        public Slice {
            items = List.copyOf(items);
        }

        /** Where to resume, for a job to store; empty if there are no more items. */
        public Optional<Bytes> cursor() {
            return last.map(RowCursor::encode);
        }
    }

    /**
     * The same for a part of a job.
     *
     * @param cursor the {@link Slice#cursor} of the slice before; empty at the beginning
     */
    public Slice read(Job.Range range, Optional<Bytes> cursor, Budget budget) {
        Optional<RowKey> after = cursor.map(reached -> RowCursor.decode(target.tablespace(), reached));
        return read(range.from(), range.to(), after, budget);
    }

    /** The item of a key; of a table only. */
    public Optional<Item> get(Item key) {
        return rows.get(Rows.item(target.table(), key)).flatMap(row -> StoredItem.item(row.value()));
    }

    /**
     * The items of a partition, in the order of a Scan, as far as the budget goes. A partition is no more than a range
     * here: it need not have existed at the position.
     *
     * @param after the {@link Slice#last} of the slice before
     */
    public Slice read(Partition partition, Optional<RowKey> after, Budget budget) {
        return read(partition.first(), partition.last(), after, budget);
    }

    /** The same of a range of hashes, both ends included. */
    private Slice read(long first, long last, Optional<RowKey> after, Budget budget) {
        Page page = rows.sweep(new HashRange(target.tablespace(), target.kind(), first, last, after), budget);
        var items = new ArrayList<Item>(page.rows().size());
        long bytes = 0;
        for (Row row : page.rows()) {
            bytes += row.value().length();
            StoredItem.item(row.value()).ifPresent(items::add);
        }
        return new Slice(
                items,
                bytes,
                page.exhausted()
                        ? Optional.empty()
                        : Optional.of(page.rows().getLast().key()));
    }
}
