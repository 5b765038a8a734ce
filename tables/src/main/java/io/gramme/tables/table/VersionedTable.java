package io.gramme.tables.table;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The holder of a table's current {@link TableVersion}, and the proof that an older version has no users.
 *
 * <p>A user counts itself into the current version and then reads the reference again: if that version is still
 * current, the user has pinned it; if not, the user leaves and tries the next. A publisher makes the new version
 * current first and reads the count of the old one afterwards. Both the count and the reference are volatile, so all
 * threads see these four steps in one order. A user whose second read found the old version counted itself before the
 * change, hence before the publisher's read: the publisher sees it until it leaves. A user that counted itself after
 * the change finds another version current, and leaves without having used anything.
 *
 * <p>So from the change on, only such transient users enter, and in each stripe the count is never below the number of
 * true users in it. A stripe once read as zero therefore has no true user then or later, and it is safe to read the
 * stripes one after the other. A transient user can at worst make the publisher look once more.
 */
final class VersionedTable {
    private static final long FIRST_PAUSE_NANOS = 10_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;

    private volatile TableVersion current;

    /**
     * Replaced versions that may still have a user. The publisher adds to it under the lock of {@link Tables}; any
     * waiting thread removes from it.
     */
    private final List<TableVersion> replaced = new CopyOnWriteArrayList<>();

    /** Held by the thread that takes a step of the table's lifecycle. */
    private final ReentrantLock stepping = new ReentrantLock();

    VersionedTable(Table first) {
        this.current = new TableVersion(first);
    }

    Table table() {
        return current.table();
    }

    TableVersion version() {
        return current;
    }

    ReentrantLock stepping() {
        return stepping;
    }

    /** Pins the current version. After a later change, {@link #awaitLast} waits until the use is closed. */
    PinnedTable use() {
        while (true) {
            TableVersion version = current;
            int stripe = version.enter();
            if (version == current) {
                return new PinnedTable(version, stripe);
            }
            version.leave(stripe);
        }
    }

    /** Makes {@code next} the version that users find from now on. One caller at a time. */
    void publish(Table next) {
        // Added before it is replaced: a thread that sees the new version finds the older one in the list.
        replaced.add(current);
        current = new TableVersion(next);
    }

    /** Waits for the users of older versions; returns whether none is left in time. */
    boolean awaitLast(Duration patience) {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        while (!forgetUnused()) {
            if (System.nanoTime() - start >= patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
        return true;
    }

    /** Whether only the current version has users. */
    boolean hasSettled() {
        return replaced.isEmpty() || forgetUnused();
    }

    /** Whether no version has users; final once no lookup can find the table. */
    boolean isUnused() {
        return hasSettled() && current.isUnused();
    }

    private boolean forgetUnused() {
        TableVersion newest = current;
        replaced.removeIf(version -> version != newest && version.isUnused());
        return replaced.isEmpty();
    }
}
