package io.gramme.storage.parallel;

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
 * Runs independent pieces of work at once, each on a virtual thread, with a bound that keeps a cluster from being
 * flooded. A call returns after all its pieces have ended; it then throws the exception of the first that failed.
 */
public final class BoundedParallel {
    private static final int MOST_AT_ONCE = 16;

    private BoundedParallel() {}

    /** Returns the results in the order of {@code inputs}. Runs a single piece on the caller's thread. */
    public static <T, R> List<R> each(List<T> inputs, Function<T, R> work) {
        if (inputs.size() == 1) {
            return List.of(work.apply(inputs.getFirst()));
        }
        var room = new Semaphore(MOST_AT_ONCE);
        List<Future<R>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T input : inputs) {
                running.add(threads.submit(() -> {
                    room.acquire();
                    try {
                        return work.apply(input);
                    } finally {
                        room.release();
                    }
                }));
            }
        }
        return running.stream().map(BoundedParallel::result).toList();
    }

    /**
     * Runs work on rows: in a distributed store one piece for each partition; elsewhere one piece for all rows, on the
     * caller's thread, which is cheapest there.
     */
    public static <T, R> List<R> eachPartition(
            RowStore store, List<T> inputs, Function<T, PartitionKey> partition, Function<List<T>, R> work) {
        Map<PartitionKey, List<T>> parts = new LinkedHashMap<>();
        inputs.forEach(input -> parts.computeIfAbsent(partition.apply(input), _ -> new ArrayList<>())
                .add(input));
        if (!store.isDistributed() || parts.size() < 2) {
            return List.of(work.apply(inputs));
        }
        return each(List.copyOf(parts.values()), work);
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
            throw new StorageException("parallel work on the store failed", e);
        }
    }
}
