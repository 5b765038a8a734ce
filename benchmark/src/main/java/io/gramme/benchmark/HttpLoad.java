package io.gramme.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A closed loop: each connection sends its next request as soon as the last one is answered. One platform thread serves
 * one connection: with blocking sockets that costs the fewest instructions for each request.
 */
record HttpLoad(int port, Duration warmUp, Duration measured) {
    private static final long SEED = 42;

    /** What came of it: the successful requests that ended within the measured time, and the failed ones. */
    record Outcome(Latencies latencies, long errors, Duration processorTime) {}

    /** The part of the measured time, in the terms of {@link System#nanoTime}. */
    private record Window(long startNanos, long endNanos) {}

    /** Sends these requests in random order over so many connections; {@code processorTime} is that of the server. */
    Outcome run(List<byte[]> requests, int connections, Supplier<Duration> processorTime)
            throws IOException, InterruptedException {
        long start = System.nanoTime() + warmUp.toNanos();
        var window = new Window(start, start + measured.toNanos());
        var seeds = new SplittableRandom(SEED);
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Outcome>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                SplittableRandom random = seeds.split();
                loops.add(threads.submit(() -> loop(requests, random, window)));
            }
            Duration before = at(window.startNanos, processorTime);
            Duration after = at(window.endNanos, processorTime);
            return sum(loops, after.minus(before));
        }
    }

    private static Duration at(long nanos, Supplier<Duration> processorTime) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
        return processorTime.get();
    }

    private static Outcome sum(List<Future<Outcome>> loops, Duration processorTime)
            throws IOException, InterruptedException {
        var latencies = new Latencies();
        long errors = 0;
        for (Future<Outcome> loop : loops) {
            try {
                latencies.add(loop.get().latencies);
                errors += loop.get().errors;
            } catch (ExecutionException e) {
                throw new IOException("The server can no longer be reached", e);
            }
        }
        return new Outcome(latencies, errors, processorTime);
    }

    private Outcome loop(List<byte[]> requests, SplittableRandom random, Window window) throws IOException {
        var latencies = new Latencies();
        long errors = 0;
        var connection = Connection.open(port);
        try {
            while (true) {
                byte[] request = requests.get(random.nextInt(requests.size()));
                long sent = System.nanoTime();
                boolean succeeded;
                try {
                    succeeded = connection.succeeds(request);
                } catch (IOException e) {
                    // A broken connection is an error like another; a server that takes no new one ends the run.
                    connection.close();
                    connection = Connection.open(port);
                    succeeded = false;
                }
                long answered = System.nanoTime();
                if (answered >= window.endNanos) {
                    return new Outcome(latencies, errors, Duration.ZERO);
                }
                if (!succeeded) {
                    errors++; // of the warm-up too: there must be none at all
                } else if (sent >= window.startNanos) {
                    latencies.record(answered - sent);
                }
            }
        } finally {
            connection.close();
        }
    }
}
