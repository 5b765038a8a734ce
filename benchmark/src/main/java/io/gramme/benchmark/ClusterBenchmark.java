package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The cluster benchmark: Gramme over three Cassandra nodes and the bare driver on the same nodes, by turns, so that
 * both run under the same conditions: only the ratios are meaningful. Then two servers beside one.
 */
final class ClusterBenchmark {
    private static final Path DIRECTORY = Path.of("benchmark", "target", "data", "dev-cluster");
    private static final String CONTACT_POINTS = "contact points ";
    private static final int ITEM_BYTES = 1000;
    private static final int PARTITIONS = Dataset.ITEMS / Dataset.PARTITION_ITEMS;
    private static final int[] CONNECTIONS = {1, 16};
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofMillis(300);
    private static final Duration MEASURED = Duration.ofSeconds(1);

    /** A request to Gramme, and the comparable request to Cassandra. */
    private enum Row {
        PUT("PutItem", DriverLoad.Kind.CONDITIONAL_BATCH),
        UPDATE("UpdateItem on a condition", DriverLoad.Kind.CONDITIONAL_BATCH),
        HOT_UPDATE("UpdateItem in one partition", DriverLoad.Kind.CONDITIONAL_BATCH),
        BATCH("BatchWriteItem of 25 in 3 partitions", DriverLoad.Kind.CONDITIONAL_BATCH),
        TRANSACTION("TransactWriteItems of 3", DriverLoad.Kind.CONDITIONAL_BATCH),
        STRONG_GET("GetItem, consistent", DriverLoad.Kind.QUORUM_READ),
        EVENTUAL_GET("GetItem", DriverLoad.Kind.READ_OF_ONE),
        QUERY("Query of 10 items", DriverLoad.Kind.PARTITION_OF_ONE);

        private final String label;
        private final DriverLoad.Kind like;

        Row(String label, DriverLoad.Kind like) {
            this.label = label;
            this.like = like;
        }

        private int partitions() {
            return this == HOT_UPDATE ? 1 : PARTITIONS;
        }

        private boolean conflicts() {
            return this == TRANSACTION;
        }

        private List<Request> requests(Dataset items) {
            return switch (this) {
                case PUT -> Benchmark.requests(Workload.PUT_ITEM, items);
                case UPDATE -> Benchmark.requests(Workload.UPDATE_ITEM, items);
                case HOT_UPDATE ->
                    IntStream.range(0, Dataset.PARTITION_ITEMS)
                            .mapToObj(i -> request(Workload.UPDATE_ITEM, Workload.UPDATE_ITEM.body(items, i)))
                            .toList();
                case BATCH -> Benchmark.requests(Workload.BATCH_WRITE_ITEM, items);
                // Each transaction writes three partitions that no other transaction writes.
                case TRANSACTION ->
                    IntStream.range(0, PARTITIONS / 3)
                            .mapToObj(i -> request(Workload.TRANSACTION, transaction(items, i * 3)))
                            .toList();
                case STRONG_GET ->
                    IntStream.range(0, Dataset.ITEMS)
                            .mapToObj(i -> request(
                                    Workload.GET_ITEM,
                                    Workload.GET_ITEM.body(items, i).replaceFirst("\\{", "{\"ConsistentRead\":true,")))
                            .toList();
                case EVENTUAL_GET -> Benchmark.requests(Workload.GET_ITEM, items);
                case QUERY -> Benchmark.requests(Workload.QUERY, items);
            };
        }

        private static String transaction(Dataset items, int partition) {
            return Workload.transaction(3, i -> Workload.put(items, (partition + i) * Dataset.PARTITION_ITEMS));
        }

        private static Request request(Workload workload, String body) {
            return Request.of(Connection.request(workload.action(), body));
        }
    }

    private final List<Target.Running> servers;
    private final DriverLoad driver;
    private final Dataset items = new Dataset(ITEM_BYTES);

    private ClusterBenchmark(List<Target.Running> servers, DriverLoad driver) {
        this.servers = servers;
        this.driver = driver;
    }

    static void run() throws IOException, InterruptedException {
        Target.empty(DIRECTORY);
        // Removes the nodes on any exit.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(ClusterBenchmark::stop));
        String points = contactPoints(devCluster("start", "--port", "0"));
        try (Target.Running one = serve("cluster-one", points);
                Target.Running other = serve("cluster-other", points);
                DriverLoad driver = DriverLoad.open(addresses(points), ITEM_BYTES)) {
            new ClusterBenchmark(List.of(one, other), driver).measure();
        }
    }

    private static void stop() {
        try {
            var _ = devCluster("stop");
        } catch (IOException | InterruptedException e) {
            System.err.println("benchmark: the cluster has not ended: " + e.getMessage());
        }
    }

    private static String devCluster(String command, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("./gramme", "dev-cluster", command, "--dir", DIRECTORY.toString()));
        arguments.addAll(Arrays.asList(more));
        Process process =
                new ProcessBuilder(arguments).redirectErrorStream(true).start();
        String output = process.inputReader(UTF_8).readAllAsString();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", arguments) + " failed:\n" + output);
        }
        return output;
    }

    private static String contactPoints(String output) throws IOException {
        return output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(CONTACT_POINTS))
                .map(line -> line.substring(CONTACT_POINTS.length()))
                .findFirst()
                .orElseThrow(() -> new IOException("the cluster does not say where it is:\n" + output));
    }

    private static List<InetSocketAddress> addresses(String points) throws IOException {
        var addresses = new ArrayList<InetSocketAddress>();
        for (String point : points.split(",", -1)) {
            String[] parts = point.split(":", 2);
            addresses.add(new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1])));
        }
        return addresses;
    }

    private static Target.Running serve(String label, String points) throws IOException, InterruptedException {
        int port = Target.freePort();
        List<String> command = List.of(
                "./gramme",
                "serve",
                "--storage",
                "cassandra",
                "--contact-points",
                points,
                "--port",
                String.valueOf(port));
        return Target.launch(label, command, "", port);
    }

    private void measure() throws IOException, InterruptedException {
        Benchmark.fill(servers.getFirst(), items);
        for (int connections : CONNECTIONS) {
            System.out.printf(
                    "%n%d at once%n%-40s %12s %12s %8s%n", connections, "", "Gramme /s", "driver /s", "ratio");
            Map<Row, List<Double>> ours = new EnumMap<>(Row.class);
            Map<Row, List<Double>> bare = new EnumMap<>(Row.class);
            for (int round = 0; round < ROUNDS; round++) {
                for (Row row : Row.values()) {
                    note(bare, row, driver.perSecond(row.like, row.partitions(), connections, WARM_UP, MEASURED));
                    note(ours, row, gramme(row, 1, connections));
                }
            }
            for (Row row : Row.values()) {
                double gramme = StartBenchmark.median(ours.getOrDefault(row, List.of()));
                double like = StartBenchmark.median(bare.getOrDefault(row, List.of()));
                System.out.printf("%-40s %12.0f %12.0f %8.2f%n", row.label, gramme, like, gramme / like);
            }
        }
        twoServers();
    }

    private void twoServers() throws IOException, InterruptedException {
        int connections = 2 * CONNECTIONS[CONNECTIONS.length - 1];
        System.out.printf(
                "%n%d at once%n%-40s %12s %12s %8s%n", connections, "", "1 server /s", "2 servers /s", "ratio");
        for (Row row : List.of(Row.PUT, Row.HOT_UPDATE, Row.STRONG_GET, Row.EVENTUAL_GET)) {
            var one = new ArrayList<Double>();
            var two = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                one.add(gramme(row, 1, connections));
                two.add(gramme(row, 2, connections));
            }
            double first = StartBenchmark.median(one);
            double both = StartBenchmark.median(two);
            System.out.printf("%-40s %12.0f %12.0f %8.2f%n", row.label, first, both, both / first);
        }
    }

    private static void note(Map<Row, List<Double>> rates, Row row, double rate) {
        rates.computeIfAbsent(row, _ -> new ArrayList<>()).add(rate);
    }

    /** Runs the load with the connections divided among the servers. */
    private double gramme(Row row, int howMany, int connections) throws IOException, InterruptedException {
        List<Request> requests = row.requests(items);
        try (ExecutorService threads = Executors.newFixedThreadPool(howMany)) {
            List<Future<HttpLoad.Outcome>> loads = new ArrayList<>();
            for (Target.Running server : servers.subList(0, howMany)) {
                var load = new HttpLoad(server.port(), WARM_UP, MEASURED);
                loads.add(threads.submit(
                        () -> load.run(requests, row.conflicts(), connections / howMany, () -> Usage.NONE)));
            }
            double sum = 0;
            for (Future<HttpLoad.Outcome> load : loads) {
                sum += load.get().perSecond();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IOException(row.label + " cannot be measured", e);
        }
    }
}
