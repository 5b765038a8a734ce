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
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/**
 * A closed loop of requests: each connection sends its next request as soon as the last one is answered. One platform
 * thread drives one connection: with blocking sockets that takes the fewest instructions for each request. Above
 * {@value #MAX_PLATFORM_THREADS} connections the threads are virtual.
 */
record HttpLoad(int port, Duration warmUp, Duration measured) {
    private static final long SEED = 42;
    private static final int MAX_PLATFORM_THREADS = 500;

    /**
     * The result of a load.
     *
     * @param latencies the latencies of the successful requests
     * @param perSecond successful requests per second
     * @param errors the number of failed requests, those of the warm-up included: there must be none at all
     * @param used the resources that the server's process used meanwhile
     */
    record Outcome(Latencies latencies, double perSecond, long errors, Usage used) {}

    /** Reads the resources that a server has used so far. */
    interface Meter {
        Usage now() throws IOException;
    }

    /** The requests of one connection. */
    @FunctionalInterface
    interface Requests {
        byte[] next(SplittableRandom random);
    }

    /** The measured time, by {@link System#nanoTime}. */
    private record Window(long startNanos, long endNanos) {}

    /**
     * Sends these requests in random order over {@code connections} connections.
     *
     * @param apart whether no two connections send the same request; there must be as many requests as connections
     * @param meter reads the usage of the server
     */
    Outcome run(List<Request> requests, boolean apart, int connections, Meter meter)
            throws IOException, InterruptedException {
        return run(
                i -> {
                    List<Request> own = apart ? part(requests, i, connections) : requests;
                    return random -> own.get(random.nextInt(own.size())).stamped(random.nextInt());
                },
                connections,
                meter);
    }

    /** Sends the requests that {@code requests} gives for each connection, by its number from 0. */
    Outcome run(IntFunction<Requests> requests, int connections, Meter meter) throws IOException, InterruptedException {
        long start = System.nanoTime() + warmUp.toNanos();
        var window = new Window(start, start + measured.toNanos());
        var seeds = new SplittableRandom(SEED);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(threads(connections))) {
            List<Future<Outcome>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                SplittableRandom random = seeds.split();
                Requests own = requests.apply(i);
                loops.add(threads.submit(() -> loop(own, random, window)));
            }
            Thread.sleep(Duration.ofNanos(Math.max(0, start - System.nanoTime())));
            Usage before = meter.now();
            Outcome sum = sum(loops);
            return new Outcome(
                    sum.latencies, sum.perSecond, sum.errors, meter.now().since(before));
        }
    }

    private static ThreadFactory threads(int connections) {
        return connections > MAX_PLATFORM_THREADS
                ? Thread.ofVirtual().factory()
                : Thread.ofPlatform().factory();
    }

    private static List<Request> part(List<Request> requests, int part, int parts) {
        return requests.subList(part * requests.size() / parts, (part + 1) * requests.size() / parts);
    }

    private static Outcome sum(List<Future<Outcome>> loops) throws IOException, InterruptedException {
        var latencies = new Latencies();
        double perSecond = 0;
        long errors = 0;
        for (Future<Outcome> loop : loops) {
            try {
                Outcome one = loop.get();
                latencies.add(one.latencies);
                perSecond += one.perSecond;
                errors += one.errors;
            } catch (ExecutionException e) {
                throw new IOException("The server can no longer be reached", e);
            }
        }
        return new Outcome(latencies, perSecond, errors, Usage.NONE);
    }

    /**
     * The loop of one connection. It counts the requests sent from the window's start on, and the time until the last
     * of them is answered: if it stopped at the window's end, a server that takes longer for one would count as doing
     * nothing.
     */
    private Outcome loop(Requests requests, SplittableRandom random, Window window) throws IOException {
        var latencies = new Latencies();
        long errors = 0;
        long begun = 0;
        var connection = Connection.open(port);
        try {
            while (true) {
                byte[] request = requests.next(random);
                long sent = System.nanoTime();
                boolean succeeded;
                try {
                    succeeded = connection.succeeds(request);
                } catch (IOException e) {
                    // A broken connection counts as an error; a server that accepts no new one ends the run.
                    connection.close();
                    connection = Connection.open(port);
                    succeeded = false;
                }
                long answered = System.nanoTime();
                if (!succeeded) {
                    errors++;
                }
                if (sent >= window.startNanos) {
                    begun = begun == 0 ? sent : begun;
                    if (succeeded) {
                        latencies.record(answered - sent);
                    }
                    if (answered >= window.endNanos) {
                        double perSecond = latencies.count() * 1e9 / (answered - begun);
                        return new Outcome(latencies, perSecond, errors, Usage.NONE);
                    }
                }
            }
        } finally {
            connection.close();
        }
    }
}
