package io.gramme.storage.cassandra;

import io.gramme.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Runs the same work for several things at once, on virtual threads, with a bound that keeps the cluster from being
 * flooded.
 */
final class Together {
    private static final int AT_ONCE = 16;

    private Together() {}

    /** Returns when all have ended; throws the first failure. */
    static <T, R> List<R> all(List<T> things, Function<T, R> work) {
        if (things.size() == 1) {
            return List.of(work.apply(things.getFirst()));
        }
        var room = new Semaphore(AT_ONCE);
        List<Future<R>> under = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T thing : things) {
                under.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        return work.apply(thing);
                    } finally {
                        room.release();
                    }
                }));
            }
        }
        List<R> results = new ArrayList<>();
        for (Future<R> each : under) {
            results.add(result(each));
        }
        return results;
    }

    private static <R> R result(Future<R> ended) {
        try {
            return ended.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for the cluster", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new StorageException("work in the cluster failed", e);
        }
    }
}
