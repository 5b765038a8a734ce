package io.gramme.tables.access;

import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The decision whether a caller may touch items. The store of items asks it before it reads anything, for requests
 * and statements of every kind; nothing else reaches items.
 */
@FunctionalInterface
public interface Access {
    /** Everything is allowed. The store of items then does not even describe what is touched. */
    Access UNRESTRICTED = new Access() {
        @Override
        public boolean decides() {
            return false;
        }

        @Override
        public void require(Touch touch) {}
    };

    /** Whether it may refuse anything at present. */
    default boolean decides() {
        return true;
    }

    /**
     * What one request touches of one table or index.
     *
     * @param keys the keys of the items, if it names items; the values of the partition key, if it names a partition;
     *     empty if it may read all of them
     * @param attributes the names of the top-level attributes that the request names
     * @param terms what else it asks
     */
    record Touch(
            Caller caller,
            Action action,
            Table table,
            Optional<SecondaryIndex> index,
            List<Item> keys,
            Supplier<Set<String>> attributes,
            Supplier<Terms> terms) {
        public Touch {
            keys = List.copyOf(keys);
        }
    }

    /** @throws io.gramme.core.error.ApiException if the caller may not */
    void require(Touch touch);
}
