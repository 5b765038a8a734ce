package io.gramme.server.table;

/**
 * Gives out the numbers of row stores, none twice. They are reserved in blocks: those of a block that were not given out
 * when the process ended are never used, so that even rows which outlived a crash belong to nobody.
 */
final class StoreNumbers {
    private static final int BLOCK = 32;

    private final Catalog catalog;
    private long next;
    private long end;

    StoreNumbers(Catalog catalog) {
        this.catalog = catalog;
    }

    synchronized long next() {
        if (next == end) {
            next = catalog.reserve(BLOCK);
            end = next + BLOCK;
        }
        return next++;
    }
}
