package io.gramme.server.table;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One snapshot of a table together with a count of those who use it.
 *
 * <p>The count is split into stripes, so that requests on several cores do not pull one cache line to and fro. A user
 * enters and leaves through the same stripe.
 */
final class TableVersion {
    /** A power of two, so that a mask picks a stripe. */
    private static final int STRIPES =
            Math.clamp(Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1), 1, 16);

    /** The longs of one cache line. */
    private static final int LINE = 8;

    private final Table table;

    /** The number under which the other servers were told of it; 0 if they have not been. */
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

    /** Whether no server knows an older one, as far as it was found out. */
    boolean isKnownEverywhere() {
        return knownEverywhere;
    }

    void becomesKnownEverywhere() {
        knownEverywhere = true;
    }

    /** Counts the caller as a user; answers the stripe to {@link #leave} by. */
    int enter() {
        int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
        users.getAndIncrement(stripe * LINE);
        return stripe;
    }

    void leave(int stripe) {
        users.getAndDecrement(stripe * LINE);
    }

    /** Whether no stripe counts a user, looking at one after the other: see {@link VersionedTable} for what that proves. */
    boolean isUnused() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            if (users.get(stripe * LINE) != 0) {
                return false;
            }
        }
        return true;
    }
}
