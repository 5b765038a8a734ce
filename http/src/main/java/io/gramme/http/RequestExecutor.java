package io.gramme.http;

import io.gramme.core.error.WireErrors;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The executor of requests: each runs on its own virtual thread, they start in the order of arrival, and never more
 * than a bound run at once.
 *
 * <p>The scheduler of virtual threads does not keep that order. It has a queue for each thread that starts virtual
 * threads, here for each event loop, and each of its workers stays with one queue as long as that is not empty: under
 * load the connections of one event loop would wait for hundreds of requests of another. So a new thread does not
 * answer the request that it was started for, but the one that has waited longest.
 */
final class RequestExecutor {
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final Door door;
    private final int bound;
    private final Semaphore room;
    private final LongAdder refused = new LongAdder();
    private final ExecutorService threads;

    /** As many requests as there are threads that have not begun. */
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** How long the last answered request took, from its arrival to its response. */
    private volatile long lastTookNanos;

    /** @param since the time of arrival, by {@link System#nanoTime} */
    private record Waiting(Request request, Consumer<Answer> answered, long since) {}

    RequestExecutor(Door door, int bound) {
        this(
                door,
                bound,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("request-", 0).factory()));
    }

    RequestExecutor(Door door, int bound, ExecutorService threads) {
        this.door = door;
        this.bound = bound;
        this.room = new Semaphore(bound);
        this.threads = threads;
    }

    /**
     * Accepts a request and calls {@code answered} once, on any thread; or does neither because too many are running.
     *
     * @return whether the request was accepted
     */
    boolean start(Request request, Consumer<Answer> answered) {
        if (!room.tryAcquire()) {
            refused.increment();
            return false;
        }
        waiting.add(new Waiting(request, answered, System.nanoTime()));
        try {
            threads.execute(this::answerFirst);
        } catch (RejectedExecutionException _) {
            // The server is closing, and all waiting requests but one have a thread.
            Waiting one = waiting.remove();
            refused.increment();
            one.answered.accept(refusal(one.request));
            room.release();
        }
        return true;
    }

    private void answerFirst() {
        try {
            Waiting first = waiting.remove();
            Answer answer = door.answer(first.request);
            lastTookNanos = System.nanoTime() - first.since;
            first.answered.accept(answer);
        } finally {
            room.release();
        }
    }

    /** The response to a request that was not accepted. */
    Answer refusal(Request request) {
        return door.refused(request, WireErrors.tooManyRequests());
    }

    /** How long an accepted request currently takes, from its arrival to its response. */
    Duration pace() {
        return Duration.ofNanos(lastTookNanos);
    }

    int inHand() {
        return bound - room.availablePermits();
    }

    /** The number of requests over the bound. */
    long refused() {
        return refused.sum();
    }

    /** Waits a limited time for the running requests, then interrupts them. */
    void close(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                threads.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
