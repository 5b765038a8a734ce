package io.gramme.server.wire;

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
 * The requests in the endpoint's hands: each on a virtual thread of its own, begun in the order in which they came, and
 * never more than a bound.
 *
 * <p>The scheduler of virtual threads does not keep that order. It has a queue for each thread that starts some, which here
 * are the event loops, and each of its workers stays with one queue for as long as there is something in it: under load the
 * connections of one event loop would wait for hundreds of requests of another's. So a new thread does not answer the
 * request it was started for, but the one that has waited longest.
 */
final class RequestExecutor {
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final Door door;
    private final int bound;
    private final Semaphore room;
    private final LongAdder refused = new LongAdder();
    private final ExecutorService threads;

    /** As many as there are threads that have not begun. */
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** How long the request took, from its coming to its answer, that was answered last. */
    private volatile long lastTookNanos;

    /** @param since when it came, by {@link System#nanoTime} */
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
     * Takes a request in hand, and calls {@code answered} once, on any thread; or does neither because there are too many.
     *
     * @return whether it was taken
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
            // The server is closing, and there is a thread for all who wait but one.
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

    /** What to tell whoever was not taken in hand. */
    Answer refusal(Request request) {
        return door.refused(request, WireErrors.tooManyRequests());
    }

    /** As long as those take at present who are taken in hand, from their coming to their answer. */
    Duration pace() {
        return Duration.ofNanos(lastTookNanos);
    }

    int inHand() {
        return bound - room.availablePermits();
    }

    /** How many there have been too many. */
    long refused() {
        return refused.sum();
    }

    /** Gives the requests in hand some time, then interrupts them. */
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
