package io.gramme.tables.table;

import io.gramme.storage.TablespaceId;

/**
 * Allocates tablespaces, each number at most once. It reserves them in blocks: numbers of a block that were not given
 * out when the process ended are never used, so that rows which outlive a crash belong to no later tablespace.
 */
final class TablespaceAllocator {
    private static final int BLOCK = 32;

    private final Catalog catalog;
    private long next;
    private long end;

    TablespaceAllocator(Catalog catalog) {
        this.catalog = catalog;
    }

    synchronized TablespaceId next() {
        if (next == end) {
            next = catalog.reserve(BLOCK);
            end = next + BLOCK;
        }
        return new TablespaceId(next++);
    }
}
