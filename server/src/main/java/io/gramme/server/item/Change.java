package io.gramme.server.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a write did to one item: enough for every ReturnValues, for capacity, and for statistics.
 *
 * @param entries what it did to the table's indexes; those that it left alone are not listed
 * @param collectionBytes the item collection's size after it, in tables with local indexes
 */
public record Change(
        Table table,
        Optional<Item> before,
        Optional<Item> after,
        List<EntryChange> entries,
        OptionalLong collectionBytes) {
    public Change {
        entries = List.copyOf(entries);
    }

    /**
     * What a write did to one index entry.
     *
     * @param moved whether its key changed, so that one entry goes and another comes
     */
    public record EntryChange(SecondaryIndex index, Optional<Item> before, Optional<Item> after, boolean moved) {

        /** The change of an index's entry between two states of an item, or nothing if the index shows none. */
        static Optional<EntryChange> of(
                Table table, SecondaryIndex index, Optional<Item> itemBefore, Optional<Item> itemAfter) {
            Optional<Item> before = itemBefore.flatMap(index.index()::entry);
            Optional<Item> after = itemAfter.flatMap(index.index()::entry);
            if (Objects.equals(before, after)) {
                return Optional.empty();
            }
            boolean moved = before.isPresent()
                    && after.isPresent()
                    && !Rows.entryKey(table, index, before.get()).equals(Rows.entryKey(table, index, after.get()));
            return Optional.of(new EntryChange(index, before, after, moved));
        }
    }

    /** Whether the item is as it was: then nobody is told of it. */
    boolean changedNothing() {
        return after.equals(before);
    }

    /** The size of the item before or after, whichever was larger. */
    public long largerSize() {
        return Math.max(size(before), size(after));
    }

    /** By how many bytes items and local entries grew; negative where they shrank. */
    long collectionGrowth() {
        long growth = size(after) - size(before);
        for (EntryChange entry : entries) {
            if (entry.index().isLocal()) {
                growth += size(entry.after()) - size(entry.before());
            }
        }
        return growth;
    }

    /** An item's size in bytes; none has 0. */
    public static long size(Optional<Item> item) {
        return item.isPresent() ? ItemSize.of(item.get()) : 0;
    }
}
