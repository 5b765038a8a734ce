package io.gramme.benchmark;

import io.gramme.benchmark.Chart.Dot;
import io.gramme.benchmark.Chart.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Charts of throughput and latency over the number of connections, for each kind of request and each size. */
final class Curves {
    private Curves() {}

    /**
     * A chart, by its name, for each kind of request and size that was measured with several numbers of connections.
     */
    static Map<String, Chart> of(List<Measurement> measurements) {
        Map<String, Map<Target, SortedMap<Integer, Measurement>>> byPicture = new LinkedHashMap<>();
        for (Measurement one : measurements) {
            if (one.outcome().latencies().count() > 0) {
                byPicture
                        .computeIfAbsent(name(one), _ -> new TreeMap<>())
                        .computeIfAbsent(one.target(), _ -> new TreeMap<>())
                        .put(one.load().connections(), one);
            }
        }
        Map<String, Chart> pictures = new LinkedHashMap<>();
        byPicture.forEach((name, targets) -> chart(targets).ifPresent(chart -> pictures.put(name, chart)));
        return pictures;
    }

    private static String name(Measurement one) {
        return one.load().workload().label() + "-" + one.load().itemBytes();
    }

    private static Optional<Chart> chart(Map<Target, SortedMap<Integer, Measurement>> targets) {
        if (targets.values().stream().allMatch(byConnections -> byConnections.size() < 2)) {
            return Optional.empty();
        }
        var lines = new ArrayList<Line>();
        targets.forEach((target, byConnections) -> lines.add(new Line(
                target.label(),
                byConnections.entrySet().stream()
                        .map(entry -> dot(entry.getKey(), entry.getValue()))
                        .toList())));
        Measurement.Load load =
                targets.values().iterator().next().firstEntry().getValue().load();
        return Optional.of(new Chart(
                load.workload().label() + " of items of " + load.itemBytes() + " bytes; beside a dot its connections",
                "requests per second",
                "median latency (µs)",
                Chart.Scale.LOGARITHMIC,
                lines));
    }

    private static Dot dot(int connections, Measurement one) {
        double micros = one.outcome().latencies().percentileNanos(0.5) / 1e3;
        return new Dot(one.rate(), micros, String.valueOf(connections));
    }
}
