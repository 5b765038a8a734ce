package io.gramme.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * The index benchmark: the cost of a put in a table with zero to five global indexes, each projecting every item whole.
 */
final class IndexBenchmark {
    private static final int MOST = 5;
    private static final int ITEM_BYTES = 1000;
    private static final int ITEMS = 100_000;
    private static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(6);

    private IndexBenchmark() {}

    static void run() throws IOException, InterruptedException {
        System.out.println(
                "indexes     put/s      p50      p99  cpu/put  time and processor as a multiple of no index");
        HttpLoad.Outcome none = null;
        for (int indexes = 0; indexes <= MOST; indexes++) {
            // Each table has a server of its own, so that none pays for compactions that another left.
            try (Target.Running running = Target.GRAMME_DISK.start()) {
                HttpLoad.Outcome outcome = measure(running, new NumberedItems("indexed", ITEM_BYTES, indexes));
                none = none == null ? outcome : none;
                System.out.printf(
                        Locale.ROOT,
                        "%7d %9.0f %8.0f %8.0f %8.0f  %.2f %.2f%n",
                        indexes,
                        outcome.perSecond(),
                        outcome.latencies().percentileNanos(0.5) / 1e3,
                        outcome.latencies().percentileNanos(0.99) / 1e3,
                        processorMicros(outcome),
                        none.perSecond() / outcome.perSecond(),
                        processorMicros(outcome) / processorMicros(none));
            }
        }
    }

    private static HttpLoad.Outcome measure(Target.Running running, NumberedItems items)
            throws IOException, InterruptedException {
        running.create(items.definition());
        items.load(running.port(), 0, ITEMS);
        running.awaitRest();
        return new HttpLoad(running.port(), WARM_UP, MEASURED)
                .run(_ -> items.any(items.put(), ITEMS), CONNECTIONS, running::usage);
    }

    private static double processorMicros(HttpLoad.Outcome outcome) {
        return outcome.used().processor().toNanos()
                / 1e3
                / Math.max(1, outcome.latencies().count());
    }
}
