package io.gramme.server.item;

import io.gramme.core.item.Item;
import io.gramme.server.table.Table;
import io.gramme.storage.RowKey;
import java.util.Optional;

/**
 * A pending write to one item.
 *
 * @param key the item's primary key; further attributes are ignored
 * @param row the item's row: encoded once for all that follows
 */
public record ItemWrite(Table table, Item key, RowKey row, Edit edit) {

    public ItemWrite(Table table, Item key, Edit edit) {
        this(table, key, Rows.item(table, key), edit);
    }

    /**
     * Maps the stored item to the item that replaces it; an empty result deletes. Pure: it may run again on the result
     * of another writer. If it throws, nothing is written.
     */
    @FunctionalInterface
    public interface Edit {
        Optional<Item> apply(Optional<Item> before);
    }
}
