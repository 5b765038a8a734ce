package io.gramme.tables.table;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One immutable snapshot of a table's definition, with a count of the requests that use it.
 *
 * <p>The count is split into stripes, so that requests on several cores do not contend for one cache line. A user
 * enters and leaves through the same stripe.
 */
final class TableVersion {
    /** A power of two, so that a mask picks a stripe. */
    private static final int STRIPES =
            Math.clamp(Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1), 1, 16);

    /** The number of longs in one cache line. */
    private static final int LINE = 8;

    private final Table table;

    /** The number of its announcement to the other servers; 0 if there was none. */
    private volatile long announcement;

    private volatile boolean knownEverywhere;
    private final AtomicLongArray users = new AtomicLongArray(STRIPES * LINE);

    TableVersion(Table table) {
        this.table = table;
    }

    Table table() {
        return table;
    }

    long announcement() {
        return announcement;
    }

    void announcedAs(long number) {
        announcement = number;
    }

    /** Whether every server is known to have this version or a later one. */
    boolean isKnownEverywhere() {
        return knownEverywhere;
    }

    void becomesKnownEverywhere() {
        knownEverywhere = true;
    }

    /** Counts the caller as a user; returns the stripe to pass to {@link #leave}. */
    int enter() {
        int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
        users.getAndIncrement(stripe * LINE);
        return stripe;
    }

    void leave(int stripe) {
        users.getAndDecrement(stripe * LINE);
    }

    /**
     * Whether no stripe counts a user. Reads the stripes one after the other: see {@link VersionedTable} for what that
     * proves.
     */
    boolean isUnused() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            if (users.get(stripe * LINE) != 0) {
                return false;
            }
        }
        return true;
    }
}
