package io.gramme.storage.rocksdb;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs reads that may wait for the disk on threads of its own, so that a virtual thread does not pin its carrier
 * meanwhile: there are as many carriers as processors, and a disk serves more reads at once than that.
 *
 * <p>A hand-over costs the two threads' wake-ups, which is more than a read from memory takes. So a read goes there only
 * if reads are cold by {@link ReadPace}, another one is waiting already, and the caller is a virtual thread; all others
 * run in the caller's thread. Its threads end when they are idle.
 */
final class ReadThreads implements AutoCloseable {
    private static final int THREADS = 32;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ReadPace pace = new ReadPace();
    private final ExecutorService threads;

    /** The cold reads that run, on these threads or in those of their callers. */
    private final AtomicInteger running = new AtomicInteger();

    ReadThreads() {
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                // Unbounded, but each entry is a caller that waits.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("gramme-read-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    ReadPace pace() {
        return pace;
    }

    /** Whether a virtual thread should look for what it needs in memory first, and {@link #run} the read otherwise. */
    boolean isHandingOver() {
        return pace.isCold() && Thread.currentThread().isVirtual();
    }

    /**
     * Runs a read, in this thread or another one, and returns its result or throws its exception. Not interruptible: a
     * read inside the database must not outlive its caller.
     */
    <T> T run(Supplier<T> read) {
        if (!isHandingOver()) {
            return read.get();
        }
        boolean alone = running.getAndIncrement() == 0;
        try {
            return alone ? read.get() : runElsewhere(read);
        } finally {
            running.decrementAndGet();
        }
    }

    private <T> T runElsewhere(Supplier<T> read) {
        try {
            return CompletableFuture.supplyAsync(read, threads).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** Ends the threads. No caller may {@link #run} anything any more. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
