package io.gramme.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The options of benchmark/run: what to measure, and for how long. */
record Options(
        List<Target> targets,
        List<Workload> workloads,
        List<Integer> itemBytes,
        List<Integer> connections,
        Duration warmUp,
        Duration measured) {

    static final String USAGE = """
            benchmark/run [OPTION VALUE]...
              --targets      echo,gramme-disk,gramme-memory,dynalite-disk,dynalite-memory
                                         gramme-disk-clear, without encryption at rest, if named
              --operations   GetItem,PutItem,UpdateItem,Query,BatchWriteItem,BatchGetItem,
                             Scan,TransactWriteItems,TransactWriteItemsOf25
              --sizes        100,1000,40000
                                         the bytes of an item
              --connections  1,8,32,128  number of requests under way at once
              --warm-up      0.5         seconds before each measurement
              --seconds      1           seconds of each measurement
            benchmark/run start   from the command to the first answer, and memory when idle
            benchmark/run scan    [MEGABYTES]  a table of 2 GB scanned in one segment and in several
            benchmark/run growth  [ITEMS...]   what a get and a put cost as a table grows to 20 million items
            benchmark/run indexes what a put costs with none to five global indexes
            benchmark/run sealing what encryption at rest costs a get, a put, a query and a scan
            benchmark/run steady  [MINUTES]    the longest pause in ten minutes
            benchmark/run overload  clients that request more than the server can do
            benchmark/run sdk     the load of an application that uses the AWS SDK
            benchmark/run cluster over three Cassandra nodes, beside the bare driver; two servers beside one
            benchmark/run pieces  the pieces of a request one by one, by JMH
            The values shown are the defaults. Results go to standard output as a table, and to benchmark/target as JSON lines.
            """;

    static final Options DEFAULTS = new Options(
            EnumSet.complementOf(EnumSet.of(Target.GRAMME_DISK_CLEAR)).stream().toList(),
            List.of(Workload.values()),
            List.of(100, 1000, 40_000),
            List.of(1, 8, 32, 128),
            Duration.ofMillis(500),
            Duration.ofSeconds(1));

    Options {
        targets = List.copyOf(targets);
        workloads = List.copyOf(workloads);
        itemBytes = List.copyOf(itemBytes);
        connections = List.copyOf(connections);
    }

    /** @throws IllegalArgumentException if an option or value does not exist */
    static Options parse(List<String> arguments) {
        Options options = DEFAULTS;
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String name = words.next();
            if (!words.hasNext()) {
                throw new IllegalArgumentException(name + " has no value");
            }
            options = options.with(name, words.next());
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--targets" ->
                new Options(some(Target::label, targets, value), workloads, itemBytes, connections, warmUp, measured);
            case "--operations" ->
                new Options(targets, some(Workload::label, workloads, value), itemBytes, connections, warmUp, measured);
            case "--sizes" -> new Options(targets, workloads, numbers(value), connections, warmUp, measured);
            case "--connections" -> new Options(targets, workloads, itemBytes, numbers(value), warmUp, measured);
            case "--warm-up" -> new Options(targets, workloads, itemBytes, connections, seconds(value), measured);
            case "--seconds" -> new Options(targets, workloads, itemBytes, connections, warmUp, seconds(value));
            default -> throw new IllegalArgumentException("There is no option " + name);
        };
    }

    private static <T> List<T> some(Function<T, String> name, List<T> all, String value) {
        List<String> names = List.of(value.split(",", -1));
        List<T> chosen =
                all.stream().filter(one -> names.contains(name.apply(one))).toList();
        if (chosen.size() != names.size()) {
            throw new IllegalArgumentException(
                    value + " are not some of " + all.stream().map(name).toList());
        }
        return chosen;
    }

    private static List<Integer> numbers(String value) {
        return Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
    }
}
