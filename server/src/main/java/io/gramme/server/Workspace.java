package io.gramme.server;

import java.util.concurrent.Semaphore;

/**
 * Bounds the memory in which requests gather their answers: those that read many items wait for a place, so that thousands
 * of them at once cost time and not the heap.
 *
 * <p>A place is for a megabyte of items by the service's count. What that is on the heap depends on the items; where they
 * are nothing but short attributes it comes to some thirty times as much.
 */
final class Workspace {
    private static final long HEAP_PER_PLACE = 64L << 20;

    /** What a page of a query or a scan needs, and what a BatchGetItem needs. */
    static final int PAGE = 1;

    static final int BATCH = 16;

    private final int places;
    private final Semaphore free;

    Workspace(long heapBytes) {
        this.places = (int) Math.max(2, Math.min(heapBytes / HEAP_PER_PLACE, 1 << 20));
        this.free = new Semaphore(places, true);
    }

    /** Takes so many places, or all there are if they are fewer; waits for them. */
    Taken take(int wanted) {
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
