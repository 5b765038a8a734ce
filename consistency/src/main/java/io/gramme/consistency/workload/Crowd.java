package io.gramme.consistency.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The clients of a workload, each on a thread of its own. Every second thread is a virtual one, as the server's are;
 * the system may interrupt the others anywhere, unlike virtual threads, and so they interleave in more places.
 */
public final class Crowd implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(10);

    /** A client that takes so long for one step is stuck. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService platform = Executors.newCachedThreadPool();
    private final List<Future<?>> working = new ArrayList<>();
    private volatile boolean stopped;

    /** Adds a client that takes one step after another until the crowd is stopped; an exception of a step ends it. */
    public void add(Runnable step) {
        working.add((working.size() % 2 == 0 ? virtual : platform).submit(() -> {
            while (!stopped) {
                step.run();
                nap();
            }
        }));
    }

    /**
     * The shortest of naps, without which virtual threads that never wait would keep all others from running, among
     * them those that hold what they ask for. A yield does not help: a yielding thread runs before a thread that a
     * thread of another kind wakes.
     */
    static void nap() {
        LockSupport.parkNanos(1);
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("the workload was interrupted");
        }
    }

    /** Lets them work for that time and until the condition holds. Rethrows the exception of a client. */
    public void work(Duration time, BooleanSupplier enough) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end || !enough.getAsBoolean()) {
            if (System.nanoTime() > end + PATIENCE.toNanos()) {
                throw new AssertionError("the clients complete too few requests");
            }
            Thread.sleep(LOOK);
            join(working.stream().filter(Future::isDone).toList());
        }
    }

    /** Waits for each client to end its step. Rethrows the exception of a client. */
    public void stop() {
        stopped = true;
        join(working);
    }

    private static void join(List<Future<?>> ended) {
        try {
            for (Future<?> each : ended) {
                each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a client is stuck", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the workload was interrupted", e);
        }
    }

    /** Interrupts the clients that have not ended. */
    @Override
    public void close() {
        stopped = true;
        virtual.shutdownNow();
        platform.shutdownNow();
        virtual.close();
        platform.close();
    }
}
