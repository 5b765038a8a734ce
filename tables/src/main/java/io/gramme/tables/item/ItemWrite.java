package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.Table;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A pending write to one item.
 *
 * @param key the item's primary key; further attributes are ignored
 * @param row the item's row: encoded once for all that follows
 * @param action what it is to a policy
 * @param attributes the names of the top-level attributes that the request names; asked for only where access is
 *     restricted
 */
public record ItemWrite(Table table, Item key, RowKey row, Action action, Supplier<Set<String>> attributes, Edit edit) {

    public ItemWrite(Table table, Item key, Action action, Supplier<Set<String>> attributes, Edit edit) {
        this(table, key, Rows.item(table, key), action, attributes, edit);
    }

    /**
     * Maps the stored item to the item that replaces it; an empty result deletes. Pure: it may run again on the result
     * of another writer. If it throws, nothing is written.
     */
    @FunctionalInterface
    public interface Edit {
        Optional<Item> apply(Optional<Item> before);
    }

    /** The same write as part of a request that policies name otherwise. */
    public ItemWrite as(Action other) {
        return new ItemWrite(table, key, row, other, attributes, edit);
    }

    Item primaryKey() {
        return key.only(table.key().names());
    }
}
