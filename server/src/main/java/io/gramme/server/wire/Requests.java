package io.gramme.server.wire;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The requests in the endpoint's hands: each on a virtual thread of its own, and never more than a bound. */
final class Requests {
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final Door door;
    private final int bound;
    private final Semaphore room;
    private final LongAdder refused = new LongAdder();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());

    Requests(Door door, int bound) {
        this.door = door;
        this.bound = bound;
        this.room = new Semaphore(bound);
    }

    /** Calls {@code answered} once, on the request's thread; or is not willing to, because there are too many. */
    boolean start(Request request, Consumer<Answer> answered) {
        if (!room.tryAcquire()) {
            refused.increment();
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    answered.accept(door.answer(request));
                } finally {
                    room.release();
                }
            });
            return true;
        } catch (RejectedExecutionException _) {
            // The server is closing.
            room.release();
            return false;
        }
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
