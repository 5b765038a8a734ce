package io.gramme.benchmark;

import io.gramme.benchmark.Measurement.Load;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Measurements as text: a table for people, lines of JSON for programs. */
final class Report {
    /** A percentile is shown only if at least this many requests are beyond it. */
    private static final int BEYOND = 5;

    static final Pair DISK = new Pair(Target.GRAMME_DISK, Target.DYNALITE_DISK);
    static final Pair MEMORY = new Pair(Target.GRAMME_MEMORY, Target.DYNALITE_MEMORY);

    /** Two targets to compare. */
    record Pair(Target one, Target other) {}

    private final List<Measurement> measurements;
    private final Map<Load, Map<Target, Measurement>> byLoad;

    Report(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
        this.byLoad = measurements.stream()
                .collect(Collectors.groupingBy(
                        Measurement::load, LinkedHashMap::new, Collectors.toMap(Measurement::target, one -> one)));
    }

    long errors() {
        return measurements.stream().mapToLong(one -> one.outcome().errors()).sum();
    }

    /** One row for each load and target, and below it how the targets compare over all loads of an operation. */
    String table() {
        var text = new StringBuilder();
        text.append("Latencies in microseconds. cpu: microseconds of processor time the server used for a request.\n");
        text.append(
                        "alloc: bytes of heap a JVM allocated for a request. resident: megabytes of memory its process had.\n")
                .append("x echo: requests per second, as a multiple of a bare Netty that answers as many bytes.\n")
                .append("x disk, x memory: the same of dynalite with --path and in memory.\n\n");
        text.append(line(
                "operation",
                "bytes",
                "conns",
                "target",
                "req/s",
                "p50",
                "p99",
                "p99.9",
                "cpu",
                "alloc",
                "resident",
                "errors",
                "x echo",
                "x disk",
                "x memory"));
        byLoad.forEach((load, targets) -> {
            text.append('\n');
            targets.values().forEach(one -> text.append(row(load, one)));
        });
        return text.append('\n').append(summary()).toString();
    }

    private String row(Load load, Measurement one) {
        return line(
                load.workload().label(),
                load.itemBytes(),
                load.connections(),
                one.target().label(),
                number(one.rate()),
                percentile(one, 0.5),
                percentile(one, 0.99),
                percentile(one, 0.999),
                number(one.processorMicrosPerRequest()),
                allocated(one),
                number(one.outcome().used().residentBytes() / 1e6),
                one.outcome().errors(),
                multiple(ratio(load, new Pair(one.target(), Target.ECHO), Measurement::rate)),
                multiple(ratio(load, new Pair(one.target(), Target.DYNALITE_DISK), Measurement::rate)),
                multiple(ratio(load, new Pair(one.target(), Target.DYNALITE_MEMORY), Measurement::rate)));
    }

    private String summary() {
        var text = new StringBuilder("Gramme as a multiple of dynalite, geometric means over sizes and connections."
                + " More requests are better, less processor time is.\n");
        text.append("%-21s %18s %18s %18s %18s%n"
                .formatted(
                        "operation", "disk: requests/s", "cpu per request", "memory: requests/s", "cpu per request"));
        for (Workload workload : Workload.values()) {
            if (byLoad.keySet().stream().anyMatch(load -> load.workload() == workload)) {
                text.append("%-21s %18s %18s %18s %18s%n"
                        .formatted(
                                workload.label(),
                                multiple(meanRatio(workload, DISK, Measurement::rate)),
                                multiple(meanRatio(workload, DISK, Measurement::processorMicrosPerRequest)),
                                multiple(meanRatio(workload, MEMORY, Measurement::rate)),
                                multiple(meanRatio(workload, MEMORY, Measurement::processorMicrosPerRequest))));
            }
        }
        return text.toString();
    }

    /** The geometric mean, so that half as fast and twice as fast average to equally fast. */
    OptionalDouble meanRatio(Workload workload, Pair pair, ToDoubleFunction<Measurement> figure) {
        var logarithms = byLoad.keySet().stream()
                .filter(load -> load.workload() == workload)
                .flatMapToDouble(load -> ratio(load, pair, figure).stream())
                .map(Math::log)
                .summaryStatistics();
        return logarithms.getCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.exp(logarithms.getAverage()));
    }

    /** The figure of one target as a multiple of the other's; empty unless both have it. */
    private OptionalDouble ratio(Load load, Pair pair, ToDoubleFunction<Measurement> figure) {
        Map<Target, Measurement> targets = byLoad.getOrDefault(load, Map.of());
        double one = Optional.ofNullable(targets.get(pair.one))
                .map(figure::applyAsDouble)
                .orElse(0.0);
        double other = Optional.ofNullable(targets.get(pair.other))
                .map(figure::applyAsDouble)
                .orElse(0.0);
        return one > 0 && other > 0 ? OptionalDouble.of(one / other) : OptionalDouble.empty();
    }

    private static String percentile(Measurement one, double share) {
        boolean isKnown = one.outcome().latencies().count() * (1 - share) >= BEYOND;
        return isKnown ? number(one.outcome().latencies().percentileNanos(share) / 1e3) : "-";
    }

    /** The bytes allocated for a request; "-" if the server is not a JVM. */
    private static String allocated(Measurement one) {
        double bytes = one.allocatedBytesPerRequest();
        return bytes > 0 ? number(bytes) : "-";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }

    private static String multiple(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
    }

    private static String line(Object... columns) {
        return "%-21s %5s %5s %-14s %10s %10s %10s %10s %10s %10s %9s %7s %7s %9s %9s%n".formatted(columns);
    }

    /** One object for each measurement; times are microseconds. */
    List<String> jsonLines() {
        return measurements.stream().map(Report::json).toList();
    }

    private static String json(Measurement one) {
        return String.format(
                Locale.ROOT,
                "{\"target\":\"%s\",\"operation\":\"%s\",\"itemBytes\":%d,\"connections\":%d,"
                        + "\"requests\":%d,\"errors\":%d,\"perSecond\":%.1f,\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,"
                        + "\"processorPerRequest\":%.1f,\"allocatedPerRequest\":%.0f,\"residentBytes\":%d}",
                one.target().label(),
                one.load().workload().label(),
                one.load().itemBytes(),
                one.load().connections(),
                one.outcome().latencies().count(),
                one.outcome().errors(),
                one.rate(),
                one.outcome().latencies().percentileNanos(0.5) / 1e3,
                one.outcome().latencies().percentileNanos(0.99) / 1e3,
                one.outcome().latencies().percentileNanos(0.999) / 1e3,
                one.processorMicrosPerRequest(),
                one.allocatedBytesPerRequest(),
                one.outcome().used().residentBytes());
    }
}
