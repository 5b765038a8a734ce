package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.ServiceException;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.cloudwatch.Query.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The values of the queries of one request. Each query that an expression refers to is read once. */
final class Evaluation {
    /** Of all queries together, where values must be kept for expressions. */
    private static final long MAX_KEPT = 200_000;

    private final MetricReader reader;
    private final Times times;
    private final Map<String, Query> queries = new HashMap<>();
    private final Map<String, NavigableMap<Long, Double>> kept = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Evaluation(MetricReader reader, Times times, List<Query> queries) {
        this.reader = reader;
        this.times = times;
        queries.forEach(query -> this.queries.put(query.id(), query));
        requireSound();
        requireFew();
    }

    /** Checks that expressions refer to queries that exist, and not to themselves. */
    private void requireSound() {
        queries.values().forEach(query -> period(query.id()));
    }

    private void requireFew() {
        boolean computes = queries.values().stream().anyMatch(query -> query.source() instanceof Source.Expression);
        long periods = queries.keySet().stream()
                .mapToLong(id -> Math.min(window(id).periods(), MAX_KEPT))
                .sum();
        if (computes && periods > MAX_KEPT) {
            throw CloudWatchErrors.validation("A request with expressions must not read more than " + MAX_KEPT
                    + " datapoints: increase the periods, or decrease the time range.");
        }
    }

    private Query query(String id) {
        return Optional.ofNullable(queries.get(id))
                .orElseThrow(() -> CloudWatchErrors.validation(
                        "The expression refers to " + id + ", which is no id of a query of the request."));
    }

    /** The seconds of a period of a query. */
    private long period(String id) {
        return switch (query(id).source()) {
            case Source.Stat(var _, var _, var seconds) -> seconds;
            case Source.Expression(var arithmetic) -> period(id, arithmetic);
        };
    }

    /** The queries of an expression must have the same period, which is that of the expression. */
    private long period(String id, Arithmetic arithmetic) {
        if (!open.add(id)) {
            throw CloudWatchErrors.validation("The expression " + id + " refers to itself.");
        }
        List<Long> periods =
                arithmetic.ids().stream().map(this::period).distinct().toList();
        open.remove(id);
        if (periods.size() != 1) {
            throw CloudWatchErrors.validation(
                    periods.isEmpty()
                            ? "The expression " + id + " refers to no metric."
                            : "The metrics of the expression " + id + " do not have the same period.");
        }
        return periods.getFirst();
    }

    Window window(String id) {
        return Window.of(times.start(), times.end(), period(id));
    }

    /** The values of a query by the number of the period, where there are any. */
    NavigableMap<Long, Double> values(String id) {
        return switch (query(id).source()) {
            case Source.Stat stat -> values(stat, window(id));
            case Source.Expression(var arithmetic) -> operand(id, arithmetic).orElseThrow(() -> noSeries(id));
        };
    }

    private static ServiceException noSeries(String id) {
        return CloudWatchErrors.validation("The expression " + id + " is a number, not a time series.");
    }

    private NavigableMap<Long, Double> values(Source.Stat stat, Window window) {
        var values = new TreeMap<Long, Double>();
        reader.read(stat.selection(), window, List.of(stat.statistic()), summary -> {
                    Metric metric = stat.selection().id().orElseThrow().metric();
                    return stat.statistic().of(metric, summary);
                })
                .forEach((period, value) -> value.ifPresent(found -> values.put(period, found)));
        return values;
    }

    /** Empty if the expression is a number. */
    private Optional<NavigableMap<Long, Double>> operand(String id, Arithmetic arithmetic) {
        return switch (evaluated(arithmetic)) {
            case Value.Scalar _ -> Optional.empty();
            case Value.Points(var points) -> {
                kept.put(id, points);
                yield Optional.of(points);
            }
        };
    }

    /** What a part of an expression is. */
    private sealed interface Value {
        record Scalar(double number) implements Value {}

        record Points(NavigableMap<Long, Double> points) implements Value {}
    }

    private Value evaluated(Arithmetic arithmetic) {
        return switch (arithmetic) {
            case Arithmetic.Literal(var number) -> new Value.Scalar(number);
            case Arithmetic.Period(var id) -> new Value.Scalar(period(id));
            case Arithmetic.Reference(var id) -> new Value.Points(points(id));
            case Arithmetic.Operation(var operator, var left, var right) ->
                combined(operator, evaluated(left), evaluated(right));
        };
    }

    private NavigableMap<Long, Double> points(String id) {
        NavigableMap<Long, Double> known = kept.get(id);
        if (known != null) {
            return known;
        }
        NavigableMap<Long, Double> points = values(id);
        kept.put(id, points);
        return points;
    }

    private static Value combined(char operator, Value left, Value right) {
        if (left instanceof Value.Scalar(var first) && right instanceof Value.Scalar(var second)) {
            return new Value.Scalar(Arithmetic.apply(operator, first, second));
        }
        NavigableMap<Long, Double> shape = left instanceof Value.Points(var points) ? points : points(right);
        var combined = new TreeMap<Long, Double>();
        for (Long period : shape.keySet()) {
            double first = at(left, period);
            double second = at(right, period);
            // A period that one of the two lacks has no result, nor has a division by zero.
            double result = Arithmetic.apply(operator, first, second);
            if (Double.isFinite(result)) {
                combined.put(period, result);
            }
        }
        return new Value.Points(combined);
    }

    private static NavigableMap<Long, Double> points(Value value) {
        return value instanceof Value.Points(var points) ? points : new TreeMap<>();
    }

    private static double at(Value value, Long period) {
        return switch (value) {
            case Value.Scalar(var number) -> number;
            case Value.Points(var points) -> points.getOrDefault(period, Double.NaN);
        };
    }
}
