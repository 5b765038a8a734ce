package io.gramme.monitoring;

import io.gramme.tables.table.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records the metrics of tables: what requests, sweeps and the bookkeeping of capacity tell it. It remembers the series
 * of each table, so that a value costs a look-up of the table and no more. Safe for use by many threads.
 */
public final class TableMetrics {
    /** Tables come and go: a memory of more than so many begins anew. */
    private static final int MAX_TABLES = 20_000;

    private final MetricStore store;
    private final Map<TableName, Known> tables = new ConcurrentHashMap<>();

    public TableMetrics(MetricStore store) {
        this.store = store;
    }

    /** The series of one table that have been used. */
    private static final class Known {
        private final Map<Metric, Series> ofTable = new ConcurrentHashMap<>();
        private final Map<Metric, Map<String, Series>> ofParts = new ConcurrentHashMap<>();

        Map<String, Series> parts(Metric metric) {
            Map<String, Series> found = ofParts.get(metric);
            return found != null ? found : ofParts.computeIfAbsent(metric, _ -> new ConcurrentHashMap<>(4));
        }
    }

    /** The series of a metric of a table, or of a global index, for one that adds values to it again and again. */
    Recorder recorder(Metric metric, TableName table, Optional<String> index) {
        return new Recorder(metric, table, index);
    }

    /** One series that its holder has found once: a value costs no look-up. Safe for use by many threads. */
    final class Recorder {
        private final Metric metric;
        private final TableName table;
        private final Optional<String> index;

        /** Null before the first value, and while there are too many series. */
        private volatile @Nullable Series series;

        private Recorder(Metric metric, TableName table, Optional<String> index) {
            this.metric = metric;
            this.table = table;
            this.index = index;
        }

        /** Adds a value in steps of the metric. */
        void add(long steps) {
            Series known = series;
            if (known == null || !known.record(store.minute(), steps)) {
                // It is new, or was retired because nothing had been added to it for long.
                Series found = store.series(id());
                series = found;
                TableMetrics.this.record(found, steps);
            }
        }

        private MetricId id() {
            return index.map(name -> idOf(metric, table, Dimension.INDEX, name)).orElseGet(() -> idOf(metric, table));
        }
    }

    private static MetricId idOf(Metric metric, TableName table) {
        return MetricId.of(table.accountRegion(), metric, named(table));
    }

    private static MetricId idOf(Metric metric, TableName table, String dimension, String value) {
        return MetricId.of(table.accountRegion(), metric, named(table), new Dimension(dimension, value));
    }

    /** Adds a value, in steps of the metric, to the series with the dimension TableName alone. */
    public void add(Metric metric, TableName table, long steps) {
        Known known = known(table);
        Series series = known.ofTable.get(metric);
        if (series == null) {
            series = store.series(idOf(metric, table));
            if (series != null) {
                known.ofTable.put(metric, series);
            }
        }
        record(series, steps);
    }

    /** Adds a value to the series of an operation on a table. */
    public void addOperation(Metric metric, TableName table, String operation, long steps) {
        add(metric, table, Dimension.OPERATION, operation, steps);
    }

    /** Adds a value to the series of a table, or of a global index if one is given. */
    public void add(Metric metric, TableName table, Optional<String> index, long steps) {
        if (index.isPresent()) {
            add(metric, table, Dimension.INDEX, index.get(), steps);
        } else {
            add(metric, table, steps);
        }
    }

    private void add(Metric metric, TableName table, String dimension, String value, long steps) {
        Map<String, Series> parts = known(table).parts(metric);
        Series series = parts.get(value);
        if (series == null) {
            series = store.series(idOf(metric, table, dimension, value));
            if (series != null) {
                parts.put(value, series);
            }
        }
        record(series, steps);
    }

    private void record(@Nullable Series series, long steps) {
        if (series != null) {
            store.record(series, steps);
        }
    }

    private Known known(TableName table) {
        Known found = tables.get(table);
        if (found != null) {
            return found;
        }
        if (tables.size() >= MAX_TABLES) {
            tables.clear();
        }
        return tables.computeIfAbsent(table, _ -> new Known());
    }

    /** Adds a value to the series of an operation on a stream. */
    public void addStream(Metric metric, TableName table, String operation, String label, long steps) {
        store.record(
                MetricId.of(
                        table.accountRegion(),
                        metric,
                        named(table),
                        new Dimension(Dimension.OPERATION, operation),
                        new Dimension(Dimension.STREAM, label)),
                steps);
    }

    private static Dimension named(TableName table) {
        return new Dimension(Dimension.TABLE, table.name());
    }

    /** The store of the metrics. */
    public MetricStore store() {
        return store;
    }
}
