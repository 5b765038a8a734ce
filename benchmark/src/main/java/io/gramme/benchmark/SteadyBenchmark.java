package io.gramme.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pause benchmark: minutes of gets, puts and queries, and the longest pause as clients see it and as the JVM logs
 * it.
 */
final class SteadyBenchmark {
    private static final int DEFAULT_MINUTES = 10;
    private static final int CONNECTIONS = 8;
    private static final Dataset ITEMS = new Dataset(1000);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Path LOG = Path.of("benchmark", "target", "logs", "safepoints.log");
    private static final Pattern SAFEPOINT = Pattern.compile("Total: *(\\d+) ns");

    private SteadyBenchmark() {}

    /** @param arguments the number of minutes; empty for the default */
    static void run(List<String> arguments) throws IOException, InterruptedException {
        int minutes = arguments.isEmpty() ? DEFAULT_MINUTES : Integer.parseInt(arguments.getFirst());
        Files.deleteIfExists(LOG);
        try (Target.Running running = Target.GRAMME_DISK.start("-Xlog:safepoint:file=" + LOG + "::filecount=0")) {
            Benchmark.fill(running, ITEMS);
            List<Request> requests = Stream.of(Workload.GET_ITEM, Workload.PUT_ITEM, Workload.QUERY)
                    .flatMap(workload -> Benchmark.requests(workload, ITEMS).stream())
                    .toList();
            var load = new HttpLoad(running.port(), WARM_UP, Duration.ofMinutes(minutes));
            long begin = System.nanoTime() + WARM_UP.toNanos();
            var pauses = new Pauses(begin);
            HttpLoad.Requests each = random -> {
                long now = System.nanoTime();
                if (now >= begin) {
                    pauses.answered(now);
                }
                return requests.get(random.nextInt(requests.size())).stamped(random.nextInt());
            };
            print(minutes, load.run(_ -> each, CONNECTIONS, running::usage), pauses);
        }
    }

    private static void print(int minutes, HttpLoad.Outcome outcome, Pauses pauses) throws IOException {
        Latencies latencies = outcome.latencies();
        System.out.printf(
                Locale.ROOT,
                "%d minutes, %d connections: %.0f requests/s, %d errors%n",
                minutes,
                CONNECTIONS,
                outcome.perSecond(),
                outcome.errors());
        System.out.printf(
                Locale.ROOT,
                "latencies: p50 %s, p99 %s, p99.9 %s, p99.99 %s, longest %s%n",
                millis(latencies.percentileNanos(0.5)),
                millis(latencies.percentileNanos(0.99)),
                millis(latencies.percentileNanos(0.999)),
                millis(latencies.percentileNanos(0.9999)),
                millis(latencies.percentileNanos(1)));
        System.out.printf("longest time without any answer: %s%n", millis(pauses.longestNanos()));
        System.out.printf(
                "longest stop of the server's JVM, its start included: %s%n",
                millis(longestStop(Files.readString(LOG))));
    }

    /** The longest stop in the JVM's log of safepoints, in nanoseconds. */
    static long longestStop(String log) {
        return SAFEPOINT
                .matcher(log)
                .results()
                .mapToLong(stop -> Long.parseLong(stop.group(1)))
                .max()
                .orElse(0);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
