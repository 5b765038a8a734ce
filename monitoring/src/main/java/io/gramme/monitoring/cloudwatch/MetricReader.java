package io.gramme.monitoring.cloudwatch;

import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricId;
import io.gramme.monitoring.MetricStore;
import io.gramme.monitoring.Summary;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads series by periods. */
final class MetricReader {
    private final MetricStore store;

    MetricReader(MetricStore store) {
        this.store = store;
    }

    /**
     * What {@code view} makes of the values of each period that has any, by the number of the period. There is nothing
     * if there can be no such series, or if its unit is another.
     *
     * @param statistics that {@code view} computes: distributions are read only for those that need one
     */
    <T> NavigableMap<Long, T> read(
            Selection selection, Window window, List<Statistic> statistics, Function<Summary, T> view) {
        var views = new TreeMap<Long, T>();
        if (selection.id().filter(id -> fits(selection, id.metric())).isEmpty()) {
            return views;
        }
        boolean whole = statistics.stream().anyMatch(Statistic.Percentile.class::isInstance);
        read(selection.id().get(), window, whole).forEach((period, values) -> views.put(period, view.apply(values)));
        return views;
    }

    private static boolean fits(Selection selection, Metric metric) {
        return selection.unit().isEmpty()
                || selection.unit().get().equals(metric.unit().wireName());
    }

    private NavigableMap<Long, Summary> read(MetricId id, Window window, boolean whole) {
        var periods = new TreeMap<Long, Summary>();
        store.read(id, window.from(), window.to(), (minute, values) -> {
            Summary kept = whole ? values : values.withoutBuckets();
            periods.merge(window.period(minute), kept, Summary::plus);
        });
        return periods;
    }
}
