package io.gramme.server.item;

import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Runs independent work on rows: in a distributed store one call for each storage partition, several of them in
 * parallel; elsewhere one call for all rows, which is cheapest there.
 */
final class Apart {
    private static final int MOST_AT_ONCE = 16;

    private Apart() {}

    /** Returns the result of each part after all parts have ended; rethrows the exception of a part that failed. */
    static <T, R> List<R> each(
            RowStore store, List<T> things, Function<T, PartitionKey> place, Function<List<T>, R> work) {
        Map<PartitionKey, List<T>> parts = new LinkedHashMap<>();
        things.forEach(thing -> parts.computeIfAbsent(place.apply(thing), _ -> new ArrayList<>())
                .add(thing));
        if (!store.isDistributed() || parts.size() < 2) {
            return List.of(work.apply(things));
        }
        var room = new Semaphore(MOST_AT_ONCE);
        List<Future<R>> under = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<T> part : parts.values()) {
                under.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        return work.apply(part);
                    } finally {
                        room.release();
                    }
                }));
            }
        }
        return under.stream().map(Apart::result).toList();
    }

    private static <R> R result(Future<R> ended) {
        try {
            return ended.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for the store", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new StorageException("work on a storage partition failed", e);
        }
    }
}
