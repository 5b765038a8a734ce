package io.gramme.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open connections of a server: it bounds their number, ends those that have waited too long, and closes all of
 * them at the end.
 */
final class Connections {
    private final int bound;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Object emptied = new Object();
    private volatile boolean closing;

    Connections(int bound) {
        this.bound = bound;
    }

    /** Registers the connection, or returns false if it must be closed at once. */
    boolean admit(Connection connection) {
        open.add(connection);
        // Checked after adding: either finishUp sees the connection, or the connection sees that finishUp has begun.
        return count.incrementAndGet() <= bound && !closing;
    }

    void remove(Connection connection) {
        if (open.remove(connection) && count.decrementAndGet() == 0) {
            synchronized (emptied) {
                emptied.notifyAll();
            }
        }
    }

    int count() {
        return count.get();
    }

    /** Ends the connections that are past their deadline. */
    void sweep() {
        long now = System.nanoTime();
        open.forEach(connection -> connection.expireIfOverdue(now));
    }

    /** Admits no further connections, closes idle ones, and lets each other one end with its current request. */
    void finishUp() {
        closing = true;
        open.forEach(Connection::finishUp);
    }

    /** Waits until all connections have ended, or for {@code patience} at most. */
    void awaitNone(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (emptied) {
            while (count.get() > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                emptied.wait(left);
            }
        }
    }
}
