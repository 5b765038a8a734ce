package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.Summary;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** GetMetricStatistics: the statistics of one series, for each period that has values. */
final class GetMetricStatistics {
    private static final int MAX_DATAPOINTS = 1_440;
    private static final int MAX_STATISTICS = 5;
    private static final int MAX_EXTENDED = 10;

    private final MetricReader reader;

    GetMetricStatistics(MetricReader reader) {
        this.reader = reader;
    }

    Document.Structure answer(AccountRegion owner, Input input) {
        Selection selection = Selection.of(owner, input, input.text("Unit"));
        Times times = Times.of(input, CloudWatchErrors::invalid);
        long period = period(input);
        List<Statistic> named = named(input);
        List<Statistic> extended = extended(input);
        if (named.isEmpty() && extended.isEmpty()) {
            throw CloudWatchErrors.combination("Must specify either Statistics or ExtendedStatistics.");
        }
        long requested =
                Math.max(1, Duration.between(times.start(), times.end()).toSeconds() / period);
        if (requested > MAX_DATAPOINTS) {
            throw CloudWatchErrors.tooManyDatapoints(requested, MAX_DATAPOINTS);
        }
        Window window = Window.of(times.start(), times.end(), period);
        List<Statistic> all = Stream.concat(named.stream(), extended.stream()).toList();
        var datapoints = new ArrayList<Document>();
        reader.read(selection, window, all, values -> values)
                .forEach((number, values) -> datapoints.add(
                        datapoint(selection.id().orElseThrow().metric(), window, number, values, named, extended)));
        return new Output()
                .put("Label", selection.name())
                .put("Datapoints", datapoints)
                .done();
    }

    private static long period(Input input) {
        OptionalLong period = input.whole("Period");
        long seconds = period.orElseThrow(() -> CloudWatchErrors.missing("Period"));
        Times.requirePeriod(seconds, "Period", CloudWatchErrors::invalid);
        return seconds;
    }

    private static List<Statistic> named(Input input) {
        List<String> names = input.texts("Statistics");
        requireFew(names, "Statistics", MAX_STATISTICS);
        return names.stream()
                .map(name -> Statistic.named(name)
                        .orElseThrow(() -> CloudWatchErrors.invalid("The parameter Statistics must be a value in the"
                                + " set [ SampleCount, Average, Sum, Minimum, Maximum ].")))
                .toList();
    }

    private static List<Statistic> extended(Input input) {
        List<String> names = input.texts("ExtendedStatistics");
        requireFew(names, "ExtendedStatistics", MAX_EXTENDED);
        return names.stream()
                .map(name -> Statistic.percentile(name)
                        .orElseThrow(() -> CloudWatchErrors.invalid("The value of the parameter ExtendedStatistics is"
                                + " not supported: Gramme computes percentiles from p0 to p100.")))
                .toList();
    }

    private static void requireFew(List<String> names, String parameter, int limit) {
        if (names.size() > limit) {
            throw CloudWatchErrors.invalid(
                    "The collection " + parameter + " must not have a size greater than " + limit + ".");
        }
    }

    private static Document datapoint(
            Metric metric,
            Window window,
            long number,
            Summary values,
            List<Statistic> named,
            List<Statistic> extended) {
        var datapoint = new Output().put("Timestamp", window.start(number));
        for (Statistic one : named) {
            one.of(metric, values).ifPresent(value -> datapoint.put(one.name(), value));
        }
        datapoint.put("Unit", metric.unit().wireName());
        Map<String, Document> percentiles = new LinkedHashMap<>();
        for (Statistic one : extended) {
            Optional<Double> value = one.of(metric, values);
            value.ifPresent(found -> percentiles.put(one.name(), new Document.Real(found)));
        }
        if (!percentiles.isEmpty()) {
            datapoint.put("ExtendedStatistics", new Document.Dictionary(percentiles));
        }
        return datapoint.done();
    }
}
