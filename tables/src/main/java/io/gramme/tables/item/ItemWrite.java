package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
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
 * @param terms what else it asks; asked for only there, too
 * @param origin of a write that another region made
 */
public record ItemWrite(
        Table table,
        Item key,
        RowKey row,
        Action action,
        Supplier<Set<String>> attributes,
        Supplier<Terms> terms,
        Edit edit,
        Optional<Origin> origin) {
    public ItemWrite(Table table, Item key, Action action, Supplier<Set<String>> attributes, Edit edit) {
        this(table, key, Rows.item(table, key), action, attributes, edit);
    }

    /** One whose row is known. */
    public ItemWrite(Table table, Item key, RowKey row, Action action, Supplier<Set<String>> attributes, Edit edit) {
        this(table, key, row, action, attributes, () -> Terms.NONE, edit, Optional.empty());
    }

    /**
     * A write that another region made.
     *
     * @param item empty if it deleted the item
     */
    public static ItemWrite replicated(Table table, Item key, Optional<Item> item, Origin origin) {
        return new ItemWrite(
                table,
                key,
                Rows.item(table, key),
                item.isPresent() ? Action.PUT_ITEM : Action.DELETE_ITEM,
                Set::of,
                () -> Terms.NONE,
                _ -> item,
                Optional.of(origin));
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
        return new ItemWrite(table, key, row, other, attributes, terms, edit, origin);
    }

    /** The same write as part of a request that asks this besides its items. */
    public ItemWrite under(Supplier<Terms> others) {
        return new ItemWrite(table, key, row, action, attributes, others, edit, origin);
    }

    Item primaryKey() {
        return key.only(table.key().names());
    }
}
