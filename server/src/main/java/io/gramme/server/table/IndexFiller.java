package io.gramme.server.table;

import io.gramme.storage.RowKey;
import java.util.Optional;

/** Backfills a new index: makes the entries for items that existed before it. */
@FunctionalInterface
public interface IndexFiller {
    /**
     * Processes one batch of items. All writers maintain the index's entries already; repeated work, and work
     * concurrent with their writes, leaves the index consistent with the items.
     *
     * @param after the last row of the table that an earlier batch processed
     * @return the last row that this batch processed; empty if no rows were left
     */
    Optional<RowKey> fill(Table table, OnlineIndex index, Optional<RowKey> after);
}
