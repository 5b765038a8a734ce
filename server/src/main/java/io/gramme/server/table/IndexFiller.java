package io.gramme.server.table;

import io.gramme.storage.RowKey;
import java.util.Optional;

/** Makes the entries of a new index for the items that were there before it. */
@FunctionalInterface
public interface IndexFiller {
    /**
     * Deals with some items. All writers keep the index's entries already; whatever is done twice, or in the midst of
     * their writes, leaves the index as the items are.
     *
     * @param after the last row of the table that was dealt with before
     * @return the last row dealt with now; nothing if there was none left
     */
    Optional<RowKey> fill(Table table, OnlineIndex index, Optional<RowKey> after);
}
