package io.gramme.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The benchmark command: starts one target after another, runs the same loads on each, and reports. Run it in the
 * project's directory.
 */
public final class Benchmark {
    private static final Path RESULTS = Path.of("benchmark", "target", "results.jsonl");

    /** The number of different requests prepared for a load; they begin at items spread over the whole table. */
    private static final int REQUESTS = 250;

    private static final int SPREAD = Dataset.ITEMS / REQUESTS;

    /** The warm-up of each workload before the first measurement, because a JVM gets faster while it runs. */
    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(1);

    private static final int FIRST_CONNECTIONS = 8;

    private final Options options;

    private Benchmark(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            System.exit(run(List.of(arguments)));
        } catch (IllegalArgumentException e) {
            System.err.print("benchmark: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
        } catch (IOException e) {
            System.err.println("benchmark: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    /** The exit status. */
    private static int run(List<String> arguments) throws IOException, InterruptedException {
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "start" -> StartBenchmark.run();
            case "scan" -> ScanBenchmark.run(rest);
            case "growth" -> GrowthBenchmark.run(rest);
            case "steady" -> SteadyBenchmark.run(rest);
            case "overload" -> OverloadBenchmark.run();
            case "sdk" -> SdkBenchmark.run();
            case "indexes" -> IndexBenchmark.run();
            case "sealing" -> SealingBenchmark.run();
            case "cluster" -> ClusterBenchmark.run();
            default -> {
                return new Benchmark(Options.parse(arguments)).run();
            }
        }
        return 0;
    }

    private int run() throws IOException, InterruptedException {
        var measurements = new ArrayList<Measurement>();
        for (Target target : options.targets()) {
            measurements.addAll(measure(target));
        }
        // They were measured by target, and are compared by load.
        measurements.sort(
                Comparator.<Measurement, Workload>comparing(one -> one.load().workload())
                        .thenComparingInt(one -> one.load().itemBytes())
                        .thenComparingInt(one -> one.load().connections())
                        .thenComparing(Measurement::target));
        var report = new Report(measurements);
        Files.write(RESULTS, report.jsonLines());
        System.out.print(report.table());
        System.out.println("\n" + RESULTS + " has the same as JSON lines");
        for (Map.Entry<String, Chart> curve : Curves.of(measurements).entrySet()) {
            Pictures.write(curve.getKey(), curve.getValue());
        }
        if (report.errors() > 0) {
            System.err.println("benchmark: " + report.errors() + " requests failed");
            return 1;
        }
        return 0;
    }

    private List<Measurement> measure(Target target) throws IOException, InterruptedException {
        System.err.println("benchmark: " + target.label());
        var measurements = new ArrayList<Measurement>();
        try (Target.Running running = target.start()) {
            if (target != Target.ECHO) {
                for (int itemBytes : options.itemBytes()) {
                    fill(running, new Dataset(itemBytes));
                }
            }
            var first = new HttpLoad(running.port(), Duration.ZERO, FIRST_WARM_UP);
            List<Workload> workloads =
                    options.workloads().stream().filter(target::offers).toList();
            for (Workload workload : workloads) {
                var items = new Dataset(options.itemBytes().getFirst());
                var _ = first.run(requests(workload, items), workload.conflicts(), FIRST_CONNECTIONS, running::usage);
            }
            for (Workload workload : workloads) {
                for (int itemBytes : options.itemBytes()) {
                    measurements.addAll(measure(target, running, workload, new Dataset(itemBytes)));
                }
            }
        } catch (IOException e) {
            throw new IOException(target.label() + ": " + e.getMessage(), e);
        }
        return measurements;
    }

    private List<Measurement> measure(Target target, Target.Running running, Workload workload, Dataset items)
            throws IOException, InterruptedException {
        List<Request> requests = requests(workload, items);
        if (target != Target.ECHO) {
            check(running, workload, items, requests.getFirst().bytes());
        }
        var load = new HttpLoad(running.port(), options.warmUp(), options.measured());
        var measurements = new ArrayList<Measurement>();
        for (int connections : options.connections()) {
            var asked = new Measurement.Load(workload, items.itemBytes(), connections);
            measurements.add(new Measurement(
                    target, asked, load.run(requests, workload.conflicts(), connections, running::usage)));
        }
        return measurements;
    }

    static List<Request> requests(Workload workload, Dataset items) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> Request.of(Connection.request(
                        workload.action(), workload.body(items, i * SPREAD), workload.answerBytes(items))))
                .toList();
    }

    static void fill(Target.Running running, Dataset items) throws IOException {
        try (var connection = Connection.open(running.port())) {
            require(connection, Connection.request("CreateTable", items.definition()));
            byte[] describe = Connection.request("DescribeTable", "{\"TableName\":\"" + items.table() + "\"}");
            do {
                require(connection, describe);
            } while (!connection.body().contains("\"TableStatus\":\"ACTIVE\""));
            for (int i = 0; i < Dataset.ITEMS; i += Workload.BATCH) {
                String batch = Workload.BATCH_WRITE_ITEM.body(items, i);
                require(connection, Connection.request(Workload.BATCH_WRITE_ITEM.action(), batch));
            }
        }
    }

    private static void require(Connection connection, byte[] request) throws IOException {
        if (!connection.succeeds(request)) {
            throw new IOException("refused to be filled: " + connection.body());
        }
    }

    /** Checks one answer in full before the measurement. */
    private static void check(Target.Running running, Workload workload, Dataset items, byte[] request)
            throws IOException {
        try (var connection = Connection.open(running.port())) {
            if (!connection.succeeds(request) || !workload.isAnsweredBy(connection.body(), items)) {
                throw new IOException(workload.action() + " is answered wrongly: " + connection.body());
            }
        }
    }
}
