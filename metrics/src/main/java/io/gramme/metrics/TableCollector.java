package io.gramme.metrics;

import io.gramme.monitoring.Dimension;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricId;
import io.gramme.monitoring.MetricStore;
import io.gramme.monitoring.Series;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The metrics of tables for Prometheus: the names of CloudWatch in Prometheus' spelling, as totals since the process
 * began. There are as many as the store of metrics has series.
 */
final class TableCollector implements MultiCollector {
    private static final String PREFIX = "gramme_";

    /** A setting that was not recorded in two of its periods is that of a table that is gone. */
    private static final long GONE_MINUTES = 11;

    private final MetricStore store;

    TableCollector(MetricStore store) {
        this.store = store;
    }

    @Override
    public MetricSnapshots collect() {
        Map<Metric, List<Series>> found = new EnumMap<>(Metric.class);
        store.received()
                .forEach(series -> found.computeIfAbsent(series.id().metric(), _ -> new ArrayList<>())
                        .add(series));
        var snapshots = MetricSnapshots.builder();
        found.forEach((metric, series) -> snapshots.metricSnapshot(snapshot(metric, series)));
        snapshots.metricSnapshot(CounterSnapshot.builder()
                .name(PREFIX + "metric_values_dropped")
                .help("Values of new metrics that were dropped, because there are too many series")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value((double) store.dropped())
                        .build())
                .build());
        return snapshots.build();
    }

    private MetricSnapshot snapshot(Metric metric, List<Series> series) {
        String help =
                metric.wireName() + " of CloudWatch, unit " + metric.unit().wireName();
        if (metric.isGauge()) {
            var gauge = GaugeSnapshot.builder().name(name(metric)).help(help);
            series.forEach(one -> {
                Series.Totals totals = one.totals();
                if (totals.lastMinute() >= store.minute() - GONE_MINUTES) {
                    gauge.dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(labels(one.id()))
                            .value(metric.units(totals.last()))
                            .build());
                }
            });
            return gauge.build();
        }
        if (metric == Metric.LATENCY) {
            var summary = SummarySnapshot.builder()
                    .name(name(metric) + "_milliseconds")
                    .help(help);
            series.forEach(one -> summary.dataPoint(summary(metric, one)));
            return summary.build();
        }
        var counter = CounterSnapshot.builder().name(name(metric)).help(help);
        series.forEach(one -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(one.id()))
                .value(metric.units(one.totals().sum()))
                .build()));
        return counter.build();
    }

    private static SummaryDataPointSnapshot summary(Metric metric, Series series) {
        Series.Totals totals = series.totals();
        return SummaryDataPointSnapshot.builder()
                .labels(labels(series.id()))
                .count(totals.count())
                .sum(metric.units(totals.sum()))
                .build();
    }

    /** {@code ConsumedReadCapacityUnits} as {@code gramme_consumed_read_capacity_units}. */
    static String name(Metric metric) {
        return PREFIX + metric.wireName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** The same labels for all, so that they can be joined; an absent dimension is an empty text. */
    private static Labels labels(MetricId id) {
        return Labels.of(
                "account", id.owner().account(),
                "region", id.owner().region(),
                "table", id.dimension(Dimension.TABLE).orElse(""),
                "index", id.dimension(Dimension.INDEX).orElse(""),
                "operation", id.dimension(Dimension.OPERATION).orElse(""),
                "stream", id.dimension(Dimension.STREAM).orElse(""));
    }
}
