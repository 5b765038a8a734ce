package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.ServiceException;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricStore;
import io.gramme.monitoring.cloudwatch.Query.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** Operations of all expressions together, each as often as there are periods. */
    private static final long MAX_OPERATIONS = 2_000_000;

    /** Parts within each other, and expressions that refer to expressions; a sum of all queries has not many more. */
    private static final int MAX_DEPTH = 600;

    private final MetricReader reader;
    private final Times times;
    private final Map<String, Query> queries = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, NavigableMap<Long, Double>> kept = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Evaluation(MetricReader reader, Times times, List<Query> queries) {
        this.reader = reader;
        this.times = times;
        queries.forEach(query -> this.queries.put(query.id(), query));
        requireSound();
        requireFew();
        requireFewOperations();
    }

    /**
     * What is known of a query before it is computed.
     *
     * @param period in seconds
     * @param depth how many parts of expressions are within each other, also of those that it refers to
     */
    private record Shape(long period, int depth) {}

    /** Checks that expressions refer to queries that exist, and not to themselves. */
    private void requireSound() {
        queries.keySet().forEach(this::shape);
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

    private void requireFewOperations() {
        long operations = 0;
        for (Query query : queries.values()) {
            if (query.source() instanceof Source.Expression(var _, var arithmetic)) {
                operations += arithmetic.operations() * most(window(query.id()));
            }
        }
        if (operations > MAX_OPERATIONS) {
            throw CloudWatchErrors.validation("The expressions of a request must not take more than " + MAX_OPERATIONS
                    + " operations: increase the periods, or decrease the time range.");
        }
    }

    /** How many periods can have values: a series has some of a limited time only. */
    private static long most(Window window) {
        return Math.min(window.periods(), MetricStore.RETENTION.toMinutes() / window.minutes() + 2);
    }

    private Query query(String id) {
        return Optional.ofNullable(queries.get(id))
                .orElseThrow(() -> CloudWatchErrors.validation(
                        "The expression refers to " + id + ", which is no id of a query of the request."));
    }

    /** The seconds of a period of a query. */
    private long period(String id) {
        return shape(id).period;
    }

    /** Each is found once: expressions can refer to others in very many ways. */
    private Shape shape(String id) {
        Shape known = shapes.get(id);
        if (known != null) {
            return known;
        }
        Shape shape = switch (query(id).source()) {
            case Source.Stat(var _, var _, var seconds) -> new Shape(seconds, 1);
            case Source.Expression(var _, var arithmetic) -> shape(id, arithmetic);
        };
        shapes.put(id, shape);
        return shape;
    }

    /** The queries of an expression must have the same period, which is that of the expression. */
    private Shape shape(String id, Arithmetic arithmetic) {
        if (!open.add(id)) {
            throw CloudWatchErrors.validation("The expression " + id + " refers to itself.");
        }
        var periods = new HashSet<Long>();
        int depth = 0;
        for (String other : arithmetic.ids()) {
            Shape shape = shape(other);
            periods.add(shape.period);
            depth = Math.max(depth, shape.depth);
        }
        open.remove(id);
        if (periods.size() != 1) {
            throw CloudWatchErrors.validation(
                    periods.isEmpty()
                            ? "The expression " + id + " refers to no metric."
                            : "The metrics of the expression " + id + " do not have the same period.");
        }
        depth += arithmetic.depth();
        if (depth > MAX_DEPTH) {
            throw CloudWatchErrors.validation("The expression " + id + " is too deep: with those that it refers to it"
                    + " has more than " + MAX_DEPTH + " operations within each other.");
        }
        return new Shape(periods.iterator().next(), depth);
    }

    Window window(String id) {
        return Window.of(times.start(), times.end(), period(id));
    }

    /** The values of a query by the number of the period, where there are any. */
    NavigableMap<Long, Double> values(String id) {
        NavigableMap<Long, Double> known = kept.get(id);
        if (known != null) {
            return known;
        }
        return switch (query(id).source()) {
            case Source.Stat stat -> values(stat, window(id));
            case Source.Expression(var _, var arithmetic) ->
                operand(id, arithmetic).orElseThrow(() -> noSeries(id));
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
