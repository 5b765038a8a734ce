package io.gramme.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The sealing benchmark: what encryption at rest costs. One server on disk is encrypted and one is not; they get the same load by
 * turns, in short rounds, so that other work of the machine meets both. The result is the median of the ratios of
 * the pairs.
 */
final class SealingBenchmark {
    private static final int ITEM_BYTES = 1000;
    private static final int CONNECTIONS = 8;
    private static final int PAIRS = 15;
    private static final Duration FIRST = Duration.ofSeconds(8);
    private static final Duration WARM_UP = Duration.ofMillis(300);
    private static final Duration MEASURED = Duration.ofSeconds(2);

    private SealingBenchmark() {}

    static void run() throws IOException, InterruptedException {
        System.out.println("encrypted, as a multiple of not encrypted (medians of " + PAIRS + " pairs)");
        System.out.println("                requests/s  cpu/request  requests/s of the two");
        var items = new Dataset(ITEM_BYTES);
        try (Target.Running encrypted = Target.GRAMME_DISK.start();
                Target.Running clear = Target.GRAMME_DISK_CLEAR.start()) {
            Benchmark.fill(encrypted, items);
            Benchmark.fill(clear, items);
            for (Workload workload : List.of(Workload.GET_ITEM, Workload.PUT_ITEM, Workload.QUERY, Workload.SCAN)) {
                List<Request> requests = Benchmark.requests(workload, items);
                load(encrypted, requests, workload, FIRST);
                load(clear, requests, workload, FIRST);
                var pairs = new ArrayList<Pair>();
                for (int i = 0; i < PAIRS; i++) {
                    pairs.add(pair(encrypted, clear, requests, workload, i % 2 == 0));
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-15s %10.3f %12.3f  %.0f %.0f%n",
                        workload.action(),
                        median(pairs, pair -> pair.sealed.perSecond() / pair.clear.perSecond()),
                        median(pairs, pair -> processor(pair.sealed) / processor(pair.clear)),
                        median(pairs, pair -> pair.sealed.perSecond()),
                        median(pairs, pair -> pair.clear.perSecond()));
            }
        }
    }

    /** The same load on both servers, one directly after the other. */
    private record Pair(HttpLoad.Outcome sealed, HttpLoad.Outcome clear) {}

    private static Pair pair(
            Target.Running encrypted,
            Target.Running clear,
            List<Request> requests,
            Workload workload,
            boolean sealedFirst)
            throws IOException, InterruptedException {
        if (sealedFirst) {
            HttpLoad.Outcome first = load(encrypted, requests, workload, MEASURED);
            return new Pair(first, load(clear, requests, workload, MEASURED));
        }
        HttpLoad.Outcome first = load(clear, requests, workload, MEASURED);
        return new Pair(load(encrypted, requests, workload, MEASURED), first);
    }

    private static HttpLoad.Outcome load(
            Target.Running running, List<Request> requests, Workload workload, Duration measured)
            throws IOException, InterruptedException {
        return new HttpLoad(running.port(), WARM_UP, measured)
                .run(requests, workload.conflicts(), CONNECTIONS, running::usage);
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        double[] sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double processor(HttpLoad.Outcome outcome) {
        return outcome.used().processor().toNanos()
                / (double) Math.max(1, outcome.latencies().count());
    }
}
