package io.gramme.server.table;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the newest {@link TableVersion} of a table is found, and the proof that nobody uses an older one any more.
 *
 * <p>A user counts itself into the current edition and then looks again: if the edition is still the current one, it has
 * it; if not, it leaves and tries the next. A publisher makes the new edition the current one first and looks at the
 * count of the old one afterwards. Both the count and the reference are volatile, so these four steps have one order that
 * everybody agrees on. A user whose second look found the old edition counted itself before the change, hence before the
 * publisher looked: the publisher sees it until it leaves. A user who counted itself after the change finds another
 * edition current, and leaves without having used anything.
 *
 * <p>So from the change on, only such passers-by enter, and in each stripe the count is never below the number of true
 * users in it. A stripe once read as zero therefore holds no true user then or later, and it does no harm that the
 * stripes are read one after the other. A passer-by can at worst make the publisher look once more.
 */
final class VersionedTable {
    private static final long FIRST_PAUSE_NANOS = 10_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;

    private volatile TableVersion current;

    /** Editions replaced, of which a user may be left. Added to under the catalog's lock, emptied by whoever looks. */
    private final List<TableVersion> replaced = new CopyOnWriteArrayList<>();

    /** Held by whoever takes a step of the table's life. */
    private final ReentrantLock stepping = new ReentrantLock();

    VersionedTable(Table first) {
        this.current = new TableVersion(first);
    }

    Table table() {
        return current.table();
    }

    TableVersion edition() {
        return current;
    }

    ReentrantLock stepping() {
        return stepping;
    }

    /** The table as it is now, kept from being replaced unnoticed until the use is closed. */
    PinnedTable use() {
        while (true) {
            TableVersion edition = current;
            int stripe = edition.enter();
            if (edition == current) {
                return new PinnedTable(edition, stripe);
            }
            edition.leave(stripe);
        }
    }

    /** Makes {@code next} what users find from now on. One caller at a time. */
    void publish(Table next) {
        // Listed before it is replaced: whoever sees the new edition and asks for the old ones finds it among them.
        replaced.add(current);
        current = new TableVersion(next);
    }

    /** Waits for those who use the table as it was before the last change; answers whether none is left in time. */
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

    /** Whether only the newest edition has users. */
    boolean hasSettled() {
        return replaced.isEmpty() || forgetUnused();
    }

    /** Whether nobody uses any edition; that is final once nobody can find it. */
    boolean isUnused() {
        return hasSettled() && current.isUnused();
    }

    private boolean forgetUnused() {
        TableVersion newest = current;
        replaced.removeIf(edition -> edition != newest && edition.isUnused());
        return replaced.isEmpty();
    }
}
