package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.storage.RowKey;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The effect of a write on one item: enough for every ReturnValues, for capacity, and for statistics.
 *
 * @param row of the item
 * @param entries the effects on the table's indexes; indexes without a change are not listed
 * @param collectionBytes the item collection's size after the write, in tables with local indexes
 * @param stamp in a replicated table
 */
public record Change(
        Table table,
        RowKey row,
        Optional<Item> before,
        Optional<Item> after,
        List<EntryChange> entries,
        OptionalLong collectionBytes,
        Optional<Stamp> stamp) {
    public Change {
        entries = List.copyOf(entries);
    }

    /**
     * The effect of a write on one index entry.
     *
     * @param rowBefore the entry's row before the write, present as {@code before} is
     * @param rowAfter and after it
     */
    public record EntryChange(
            SecondaryIndex index,
            Optional<Item> before,
            Optional<Item> after,
            Optional<RowKey> rowBefore,
            Optional<RowKey> rowAfter) {

        /**
         * The change of an index's entry between two states of an item, or nothing if the entry is the same or absent
         * in both.
         */
        static Optional<EntryChange> of(
                Table table, SecondaryIndex index, Optional<Item> itemBefore, Optional<Item> itemAfter) {
            Optional<Item> before = itemBefore.flatMap(index.index()::entry);
            Optional<Item> after = itemAfter.flatMap(index.index()::entry);
            if (Objects.equals(before, after)) {
                return Optional.empty();
            }
            return Optional.of(new EntryChange(
                    index,
                    before,
                    after,
                    before.map(entry -> Rows.entryKey(table, index, entry)),
                    after.map(entry -> Rows.entryKey(table, index, entry))));
        }

        /** Whether the entry's key changed, so that one entry is deleted and another inserted. */
        public boolean moved() {
            return rowBefore.isPresent() && rowAfter.isPresent() && !rowBefore.equals(rowAfter);
        }
    }

    /** Whether the item is the same before and after: then the write makes no change record. */
    boolean changedNothing() {
        return after.equals(before);
    }

    /** The size of the item before or after, the larger of the two. */
    public long largerSize() {
        return Math.max(size(before), size(after));
    }

    /** Whether a write of another region came later here than one that holds. */
    public boolean isSuperseded() {
        return stamp.isPresent() && stamp.get().superseded();
    }

    /** Whether there is nothing to store: the item is unchanged, and so is what is known of its last write. */
    boolean storesNothing() {
        return changedNothing() && !(stamp.isPresent() && stamp.get().renewed());
    }

    /** The growth of the item and its local index entries in bytes; negative where they shrank. */
    long collectionGrowth() {
        long growth = size(after) - size(before);
        for (EntryChange entry : entries) {
            if (entry.index().isLocal()) {
                growth += size(entry.after()) - size(entry.before());
            }
        }
        return growth;
    }

    /** An item's size in bytes; 0 only if there is no item. */
    public static long size(Optional<Item> item) {
        return item.isPresent() ? ItemSize.of(item.get()) : 0;
    }
}
