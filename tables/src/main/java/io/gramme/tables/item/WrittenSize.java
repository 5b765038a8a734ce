package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Optional;

/**
 * The size of an item that counts against the item size limit: its own, and that of all its entries in local indexes.
 */
final class WrittenSize {
    private WrittenSize() {}

    static long of(Table table, Item item) {
        long entries = table.indexes().stream()
                .filter(SecondaryIndex::isLocal)
                .map(index -> index.index().entry(item))
                .flatMap(Optional::stream)
                .mapToLong(ItemSize::of)
                .sum();
        return ItemSize.of(item) + entries;
    }
}
