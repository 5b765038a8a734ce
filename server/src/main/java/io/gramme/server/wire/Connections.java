package io.gramme.server.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections: how many there may be, which of them have waited too long, and how they all come to an end. */
final class Connections {
    private final int bound;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Object emptied = new Object();
    private volatile boolean closing;

    Connections(int bound) {
        this.bound = bound;
    }

    /** Takes the connection in, or says that it must be closed at once. */
    boolean admit(Connection connection) {
        open.add(connection);
        // Looked at after adding: a connection is either seen by finishUp or sees that it has begun.
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

    /** Ends whatever has waited beyond its time. */
    void sweep() {
        long now = System.nanoTime();
        open.forEach(connection -> connection.expireIfOverdue(now));
    }

    /** Admits nobody any more, closes idle connections, and lets each other one end with the request it is at. */
    void finishUp() {
        closing = true;
        open.forEach(Connection::finishUp);
    }

    /** Waits until all have ended, or for {@code patience} at most. */
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
