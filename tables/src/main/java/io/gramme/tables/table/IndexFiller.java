package io.gramme.tables.table;

import java.time.Duration;

/** Fills a new index with the entries of the items that existed before it. */
@FunctionalInterface
public interface IndexFiller {
    /**
     * Starts the fill, or leaves it running. All writers maintain the index's entries already. When every item has its
     * entry, the filler calls {@link Tables#filled}; it stops on its own when the index or the table is deleted.
     *
     * @param patience how long to take part in the work before returning
     */
    void fill(Table table, OnlineIndex index, Duration patience);
}
