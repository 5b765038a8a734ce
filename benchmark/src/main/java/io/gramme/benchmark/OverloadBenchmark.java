package io.gramme.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The overload benchmark: between two ordinary loads, clients request ten times what the server can do. It shows how
 * many requests the server refuses, how long accepted requests take, and whether the last load runs as the first did.
 */
final class OverloadBenchmark {
    private static final Dataset ITEMS = new Dataset(1000);
    private static final Duration MEASURED = Duration.ofSeconds(5);

    /** The server's bound on requests in hand: with so many it is full and refuses none. */
    private static final int FULL = 2_000;

    private static final int CROWD = 9_000;
    private static final int FEW = 32;

    private OverloadBenchmark() {}

    static void run() throws IOException, InterruptedException {
        try (Target.Running running = Target.GRAMME_DISK.start()) {
            Benchmark.fill(running, ITEMS);
            for (Workload workload : List.of(Workload.GET_ITEM, Workload.PUT_ITEM, Workload.SCAN)) {
                System.out.println(workload.label());
                System.out.println("  connections  asked/served   served/s      p50 ms      p99 ms  longest ms");
                for (int connections : List.of(FEW, FULL, CROWD, FEW)) {
                    measure(running, workload, connections);
                }
            }
        }
    }

    private static void measure(Target.Running running, Workload workload, int connections)
            throws IOException, InterruptedException {
        // No warm-up: how soon the server recovers from the overload is part of the measurement.
        var load = new HttpLoad(running.port(), Duration.ZERO, MEASURED);
        HttpLoad.Outcome outcome =
                load.run(Benchmark.requests(workload, ITEMS), workload.conflicts(), connections, running::usage);
        Latencies accepted = outcome.latencies();
        System.out.printf(
                Locale.ROOT,
                "%13d %13.1f %10.0f %11.1f %11.1f %11.1f%n",
                connections,
                (accepted.count() + outcome.errors()) / (double) Math.max(1, accepted.count()),
                outcome.perSecond(),
                accepted.percentileNanos(0.5) / 1e6,
                accepted.percentileNanos(0.99) / 1e6,
                accepted.percentileNanos(1) / 1e6);
    }
}
