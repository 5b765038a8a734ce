package io.gramme.server;

import java.util.concurrent.Semaphore;

/**
 * Bounds the memory in which requests are read and their answers gathered: those that need much of it wait for a place, so
 * that thousands of them at once cost time and not the heap.
 *
 * <p>A place is for a kilobyte of items by the service's count. What that is on the heap depends on the items; where they
 * are nothing but short attributes it comes to some thirty times as much, and to as much again on the way out.
 */
final class MemoryAdmission {
    private static final long HEAP_PER_PLACE = 64L << 10;
    /** A request may grow as it is read: an empty map is ten bytes of JSON, and a hundred and more on the heap. */
    private static final int JSON_PER_PLACE = 4 << 10;

    /** What a page of a query or a scan needs, what a transaction reads at most, and what a batch reads at most. */
    static final int PAGE = 1 << 10;

    static final int TRANSACTION = 4 * PAGE;

    static final int BATCH = 16 * PAGE;

    private final int places;
    private final Semaphore free;

    MemoryAdmission(long heapBytes) {
        this.places = (int) Math.max(2 * PAGE, Math.min(heapBytes / HEAP_PER_PLACE, 1 << 30));
        this.free = new Semaphore(places, true);
    }

    /** What a body of this length needs while it is a request: nothing if it is short, as most are. */
    static int forBody(int length) {
        return length / JSON_PER_PLACE;
    }

    /** Takes so many places, or all there are if they are fewer; waits for them. */
    Taken take(int wanted) {
        if (wanted == 0) {
            return () -> {};
        }
        int taken = Math.min(wanted, places);
        free.acquireUninterruptibly(taken);
        return () -> free.release(taken);
    }

    int free() {
        return free.availablePermits();
    }

    /** Places to be given back. */
    @FunctionalInterface
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }
}
