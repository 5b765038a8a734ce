package io.gramme.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stream benchmark: what a log and its readers cost writers. It sends the same writes to a table without a log and
 * to tables with logs and readers, in turns on one server. Run it in the project's directory.
 */
public final class StreamBenchmark {
    private static final String USAGE = """
            benchmark/streams [OPTION VALUE]...
              --followed     none,keys,images,readers   by whom: a stream of keys, of both images, or three readers of that
              --writes       100000      to each table
              --rounds       5           of each, besides a first one that does not count
              --item-bytes   1000
              --connections  32          how many writes are under way at once
              --target       gramme-disk
            The values shown are the defaults.
            """;

    private static final Pattern STREAM = Pattern.compile("\"LatestStreamArn\":\"([^\"]*)\"");

    private final Options options;
    private final Map<Followed, List<Cost>> costs = new EnumMap<>(Followed.class);

    private record Options(
            List<Followed> followed, int writes, int rounds, int itemBytes, int connections, Target target) {}

    /**
     * @param perSecond answered writes per second
     * @param processorMicros the server's processor time for each write and all reads of it
     * @param lagMillis the time from the last write until the last reader had seen it
     */
    private record Cost(double perSecond, double processorMicros, double lagMillis) {}

    private StreamBenchmark(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        try {
            new StreamBenchmark(parse(List.of(arguments))).run();
        } catch (IllegalArgumentException e) {
            System.err.print("benchmark: " + e.getMessage() + "\n" + USAGE);
            System.exit(2);
        } catch (IOException e) {
            System.err.println("benchmark: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    private static Options parse(List<String> arguments) {
        var options = new Options(List.of(Followed.values()), 100_000, 5, 1_000, 32, Target.GRAMME_DISK);
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " has no value");
            }
            options = with(options, name, arguments.get(i + 1));
        }
        return options;
    }

    private static Options with(Options o, String name, String value) {
        return switch (name) {
            case "--followed" -> {
                List<Followed> some =
                        Arrays.stream(value.split(",", -1)).map(Followed::of).toList();
                yield new Options(some, o.writes, o.rounds, o.itemBytes, o.connections, o.target);
            }
            case "--writes" ->
                new Options(o.followed, Integer.parseInt(value), o.rounds, o.itemBytes, o.connections, o.target);
            case "--rounds" ->
                new Options(o.followed, o.writes, Integer.parseInt(value), o.itemBytes, o.connections, o.target);
            case "--item-bytes" ->
                new Options(o.followed, o.writes, o.rounds, Integer.parseInt(value), o.connections, o.target);
            case "--connections" ->
                new Options(o.followed, o.writes, o.rounds, o.itemBytes, Integer.parseInt(value), o.target);
            case "--target" -> {
                Target target = Arrays.stream(Target.values())
                        .filter(one -> one.label().equals(value))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("There is no target " + value));
                yield new Options(o.followed, o.writes, o.rounds, o.itemBytes, o.connections, target);
            }
            default -> throw new IllegalArgumentException("There is no option " + name);
        };
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf("%-9s %6s %10s %8s %8s%n", "followed", "round", "writes/s", "cpu us", "lag ms");
        try (Target.Running server = options.target.start()) {
            // A JVM gets faster while it runs, so the first round is left out.
            int first = options.rounds == 1 ? 1 : 0;
            for (int round = first; round <= options.rounds; round++) {
                // Forward in one round, backward in the next, so that a change over time affects all alike.
                List<Followed> turn = round % 2 == 0 ? options.followed : options.followed.reversed();
                for (Followed followed : turn) {
                    Cost cost = measure(server, followed, round);
                    System.out.printf(
                            Locale.ROOT,
                            "%-9s %6d %10.0f %8.1f %8.0f%n",
                            followed.label(),
                            round,
                            cost.perSecond,
                            cost.processorMicros,
                            cost.lagMillis);
                    if (round > 0) {
                        costs.computeIfAbsent(followed, _ -> new ArrayList<>()).add(cost);
                    }
                }
            }
        }
        costs.keySet().forEach(this::compare);
    }

    private Cost measure(Target.Running server, Followed followed, int round) throws IOException, InterruptedException {
        String table = followed.label() + "-" + round;
        String description = require(server, "CreateTable", followed.tableDefinition(table));
        var writes = new NumberedWrites(table, options.itemBytes, options.connections, options.writes);
        long before = server.usage().processor().toNanos();
        try (ExecutorService readers = Executors.newFixedThreadPool(Math.max(1, followed.readers()))) {
            List<Future<Long>> reading = new ArrayList<>();
            for (int i = 0; i < followed.readers(); i++) {
                reading.add(readers.submit(new StreamReader(server.port(), stream(description), options.writes)));
            }
            double perSecond = writes.run(server.port());
            long written = System.nanoTime();
            long seen = written;
            for (Future<Long> reader : reading) {
                seen = Math.max(seen, reader.get());
            }
            long used = server.usage().processor().toNanos() - before;
            require(server, "DeleteTable", "{\"TableName\":\"" + table + "\"}");
            return new Cost(perSecond, used / 1e3 / options.writes, (seen - written) / 1e6);
        } catch (ExecutionException e) {
            throw new IOException("a reader failed: " + e.getCause(), e);
        }
    }

    private static String stream(String description) throws IOException {
        Matcher arn = STREAM.matcher(description);
        if (!arn.find()) {
            throw new IOException("no stream: " + description);
        }
        return arn.group(1);
    }

    private static String require(Target.Running server, String action, String body) throws IOException {
        try (var connection = Connection.open(server.port())) {
            if (!connection.succeeds(Connection.request(action, body))) {
                throw new IOException(action + " failed: " + connection.body());
            }
            return connection.body();
        }
    }

    /** Prints medians, so that a disturbed round weighs no more than another. */
    private void compare(Followed followed) {
        List<Cost> one = costs.getOrDefault(followed, List.of());
        List<Cost> none = costs.getOrDefault(Followed.NONE, List.of());
        if (followed != Followed.NONE && !none.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-9s writes/s %.2f of none, processor time %.2f of none%n",
                    followed.label(),
                    median(one, Cost::perSecond) / median(none, Cost::perSecond),
                    median(one, Cost::processorMicros) / median(none, Cost::processorMicros));
        }
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        double[] sorted = costs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
