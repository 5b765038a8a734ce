package io.gramme.server;

import java.util.concurrent.Semaphore;

/**
 * The admission control for memory: it bounds the memory in which requests are read and their responses built. Requests
 * that need much memory wait for permits, so that thousands of them at once cost time but do not exhaust the heap.
 *
 * <p>A permit covers a kilobyte of items by the service's count. The heap that this takes depends on the items: where
 * they consist of short attributes only, it is some thirty times as much, and as much again for the response.
 */
final class MemoryAdmission {
    private static final long HEAP_PER_PLACE = 64L << 10;
    /**
     * The JSON bytes for each permit. A request may grow as it is read: an empty map is ten bytes of JSON, and a
     * hundred and more on the heap.
     */
    private static final int JSON_PER_PLACE = 4 << 10;

    /**
     * The permits for a page of a query or a scan; transactions and batches take those for the most that they may read.
     */
    static final int PAGE = 1 << 10;

    static final int TRANSACTION = 4 * PAGE;

    static final int BATCH = 16 * PAGE;

    /**
     * The permits with which a batch of gets begins. They cover the stored form of the rows that it reads at once, of
     * which it then knows the size; a larger one begins again with those of {@link #BATCH}.
     */
    static final int FIRST_OF_BATCH = PAGE / 2;

    /** The same for a transaction of gets: a hundred rows at once, which some stores read twice. */
    static final int FIRST_OF_TRANSACTION = 2 * PAGE;

    private final int places;
    private final Semaphore free;

    MemoryAdmission(long heapBytes) {
        this.places = (int) Math.max(2 * PAGE, Math.min(heapBytes / HEAP_PER_PLACE, 1 << 30));
        this.free = new Semaphore(places, true);
    }

    /** The permits for a request body of this length: none if it is short, as most are. */
    static int forBody(int length) {
        return length / JSON_PER_PLACE;
    }

    /** The bytes of items, by the service's count, that this many permits cover. */
    static long itemBytes(int permits) {
        return (long) permits << 10;
    }

    /** Waits for this many permits, or for all permits there are if those are fewer, and takes them. */
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

    /** Permits that {@code close} returns. */
    @FunctionalInterface
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }
}
