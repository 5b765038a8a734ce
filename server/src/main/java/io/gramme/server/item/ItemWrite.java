package io.gramme.server.item;

import io.gramme.core.item.Item;
import io.gramme.server.table.Table;
import java.util.Optional;

/**
 * A write to one item, not yet done.
 *
 * @param key the item's primary key; further attributes do no harm
 */
public record ItemWrite(Table table, Item key, Edit edit) {

    /**
     * From the item as it is to the item as it shall be; an empty result deletes. Pure: it may be run again on what
     * another writer left. If it throws, nothing is written.
     */
    @FunctionalInterface
    public interface Edit {
        Optional<Item> apply(Optional<Item> before);
    }
}
