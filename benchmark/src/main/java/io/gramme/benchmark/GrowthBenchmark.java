package io.gramme.benchmark;

import io.gramme.benchmark.Chart.Dot;
import io.gramme.benchmark.Chart.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The growth benchmark: the cost of a get and a put as a table grows, by the same load at each size. */
final class GrowthBenchmark {
    private static final List<Integer> SIZES = List.of(100_000, 1_000_000, 5_000_000, 20_000_000);
    private static final NumberedItems ITEMS = new NumberedItems("growing", 100, 0);
    private static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /** Long enough to include the compactions that the puts cause. */
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private GrowthBenchmark() {}

    /** The measurements at one size. */
    private record Stage(int items, HttpLoad.Outcome gets, HttpLoad.Outcome puts) {}

    /** @param arguments the sizes in ascending order; empty for the defaults */
    static void run(List<String> arguments) throws IOException, InterruptedException {
        List<Integer> sizes = arguments.isEmpty()
                ? SIZES
                : arguments.stream().map(Integer::valueOf).toList();
        var stages = new ArrayList<Stage>();
        try (Target.Running running = Target.GRAMME_DISK.start()) {
            running.create(ITEMS.definition());
            System.out.print(line(
                    "items",
                    "loaded/s",
                    "settled s",
                    "get/s",
                    "p50",
                    "p99",
                    "cpu",
                    "put/s",
                    "p50",
                    "p99",
                    "cpu",
                    "resident"));
            int loaded = 0;
            for (int size : sizes) {
                long begun = System.nanoTime();
                ITEMS.load(running.port(), loaded, size);
                double perSecond = (size - loaded) * 1e9 / (System.nanoTime() - begun);
                Duration settling = running.awaitRest();
                loaded = size;
                var load = new HttpLoad(running.port(), WARM_UP, MEASURED);
                HttpLoad.Outcome gets = load.run(_ -> ITEMS.any(ITEMS.get(), size), CONNECTIONS, running::usage);
                HttpLoad.Outcome puts = load.run(_ -> ITEMS.any(ITEMS.put(), size), CONNECTIONS, running::usage);
                var stage = new Stage(size, gets, puts);
                System.out.print(line(row(stage, perSecond, settling)));
                stages.add(stage);
            }
        }
        Pictures.write("growth", chart(stages));
    }

    private static Object[] row(Stage stage, double loadedPerSecond, Duration settling) {
        return new Object[] {
            number(stage.items),
            number(loadedPerSecond),
            number(settling.toMillis() / 1e3),
            number(stage.gets.perSecond()),
            micros(stage.gets, 0.5),
            micros(stage.gets, 0.99),
            number(processorMicros(stage.gets)),
            number(stage.puts.perSecond()),
            micros(stage.puts, 0.5),
            micros(stage.puts, 0.99),
            number(processorMicros(stage.puts)),
            number(stage.puts.used().residentBytes() / 1e6)
        };
    }

    private static String micros(HttpLoad.Outcome outcome, double share) {
        return number(outcome.latencies().percentileNanos(share) / 1e3);
    }

    private static double processorMicros(HttpLoad.Outcome outcome) {
        return outcome.used().processor().toNanos()
                / 1e3
                / Math.max(1, outcome.latencies().count());
    }

    private static Chart chart(List<Stage> stages) {
        return new Chart(
                "What a request costs in a table that grows",
                "items of 100 bytes",
                "as a multiple of the cost at " + number(stages.getFirst().items) + " items",
                Chart.Scale.LINEAR,
                List.of(
                        relative("get: time", stages, stage -> 1 / stage.gets.perSecond()),
                        relative("get: processor", stages, stage -> processorMicros(stage.gets)),
                        relative("put: time", stages, stage -> 1 / stage.puts.perSecond()),
                        relative("put: processor", stages, stage -> processorMicros(stage.puts))));
    }

    private static Line relative(String name, List<Stage> stages, ToDoubleFunction<Stage> cost) {
        double first = cost.applyAsDouble(stages.getFirst());
        return new Line(
                name,
                stages.stream()
                        .map(stage -> new Dot(stage.items, cost.applyAsDouble(stage) / first, ""))
                        .toList());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String line(Object... columns) {
        return "%11s %9s %9s %9s %7s %7s %5s %9s %7s %7s %5s %9s%n".formatted(columns);
    }
}
