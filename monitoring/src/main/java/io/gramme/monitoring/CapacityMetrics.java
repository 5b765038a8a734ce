package io.gramme.monitoring;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.MeterListener;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.Optional;

/** Records what requests consume, and for lack of what they are refused, by table and global index. */
public final class CapacityMetrics implements MeterListener {
    private final TableMetrics metrics;

    public CapacityMetrics(TableMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void paid(Table table, Optional<SecondaryIndex> index, Kind kind, long halves) {
        Metric metric = kind == Kind.READ ? Metric.CONSUMED_READ : Metric.CONSUMED_WRITE;
        metrics.add(metric, table.address(), index.map(SecondaryIndex::name), halves);
    }

    @Override
    public void refused(Table table, Optional<SecondaryIndex> index, Kind kind, Cause cause) {
        TableName name = table.address();
        Optional<String> indexName = index.map(SecondaryIndex::name);
        metrics.add(kind == Kind.READ ? Metric.READ_THROTTLE_EVENTS : Metric.WRITE_THROTTLE_EVENTS, name, indexName, 1);
        metrics.add(kind == Kind.READ ? ofRead(cause) : ofWrite(cause), name, indexName, 1);
    }

    private static Metric ofRead(Cause cause) {
        return switch (cause) {
            case PROVISIONED -> Metric.READ_PROVISIONED_THROTTLE_EVENTS;
            case KEY_RANGE -> Metric.READ_KEY_RANGE_THROTTLE_EVENTS;
            case ACCOUNT -> Metric.READ_ACCOUNT_THROTTLE_EVENTS;
            case ON_DEMAND_MAXIMUM -> Metric.READ_MAXIMUM_THROTTLE_EVENTS;
        };
    }

    private static Metric ofWrite(Cause cause) {
        return switch (cause) {
            case PROVISIONED -> Metric.WRITE_PROVISIONED_THROTTLE_EVENTS;
            case KEY_RANGE -> Metric.WRITE_KEY_RANGE_THROTTLE_EVENTS;
            case ACCOUNT -> Metric.WRITE_ACCOUNT_THROTTLE_EVENTS;
            case ON_DEMAND_MAXIMUM -> Metric.WRITE_MAXIMUM_THROTTLE_EVENTS;
        };
    }
}
