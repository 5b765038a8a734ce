package io.gramme.storage.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same piece of a test on several virtual threads at once. */
public final class Threads {
    private Threads() {}

    /** The code that each thread runs. */
    public interface Piece {
        /** @param thread from 0 */
        void run(int thread) throws Exception;
    }

    /** Returns when all are done; rethrows the exception of a thread. */
    public static void run(int count, Piece piece) {
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    piece.run(thread);
                    return true;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a thread of the test failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }
}
