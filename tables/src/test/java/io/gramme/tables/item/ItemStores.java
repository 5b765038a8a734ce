package io.gramme.tables.item;

import io.gramme.storage.RowStore;
import io.gramme.tables.access.Access;
import io.gramme.tables.table.Tables;

/** Item stores for tests. */
public final class ItemStores {
    private ItemStores() {}

    public static ItemStore over(RowStore store, Tables tables) {
        return over(store, tables, new TransactionConflicts());
    }

    public static ItemStore over(RowStore store, Tables tables, TransactionConflicts conflicts) {
        return over(store, tables, conflicts, ItemStore.MAX_COLLECTION_BYTES);
    }

    public static ItemStore over(
            RowStore store, Tables tables, TransactionConflicts conflicts, long maxCollectionBytes) {
        return new ItemStore(
                store,
                new ItemCounts(tables.statistics()),
                conflicts,
                Access.UNRESTRICTED,
                Admission.UNLIMITED,
                maxCollectionBytes);
    }
}
