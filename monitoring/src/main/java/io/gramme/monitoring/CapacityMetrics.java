package io.gramme.monitoring;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.MeterListener;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.Optional;

/** Records what requests consume, and for lack of what they are refused, of one table or global index. */
public final class CapacityMetrics implements MeterListener {
    private final TableMetrics metrics;
    private final TableName table;
    private final Optional<String> index;
    private final TableMetrics.Recorder reads;
    private final TableMetrics.Recorder writes;

    /** @param index global, or empty for the table and its local indexes */
    public CapacityMetrics(TableMetrics metrics, Table table, Optional<SecondaryIndex> index) {
        this.metrics = metrics;
        this.table = table.address();
        this.index = index.map(SecondaryIndex::name);
        this.reads = metrics.recorder(Metric.CONSUMED_READ, this.table, this.index);
        this.writes = metrics.recorder(Metric.CONSUMED_WRITE, this.table, this.index);
    }

    @Override
    public void paid(Kind kind, long halves) {
        (kind == Kind.READ ? reads : writes).add(halves);
    }

    @Override
    public void refused(Kind kind, Cause cause) {
        boolean isRead = kind == Kind.READ;
        metrics.add(isRead ? Metric.READ_THROTTLE_EVENTS : Metric.WRITE_THROTTLE_EVENTS, table, index, 1);
        metrics.add(isRead ? ofRead(cause) : ofWrite(cause), table, index, 1);
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
