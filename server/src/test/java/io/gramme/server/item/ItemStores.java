package io.gramme.server.item;

import io.gramme.server.access.Access;
import io.gramme.server.table.Tables;
import io.gramme.storage.RowStore;

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
