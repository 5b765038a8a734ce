package io.gramme.monitoring;

import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The pass that records the settings of capacity every five minutes: of each table and global index, and what each
 * account and region has provisioned of its quotas. One server does this for all.
 */
public final class CapacityGauges implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final long PERCENT = 100;

    private final Tables tables;
    private final TableMetrics metrics;
    private final Quotas quotas;

    /**
     * The most capacity units a second of an account in a region, and of one of its tables or indexes: the same for
     * reads and writes.
     */
    public record Quotas(long ofAccount, long ofTable) {}

    public CapacityGauges(Tables tables, TableMetrics metrics, Quotas quotas) {
        this.tables = tables;
        this.metrics = metrics;
        this.quotas = quotas;
    }

    /** What an account has provisioned, in all and at most in one table or index. */
    private static final class Provisioned {
        private long reads;
        private long writes;
        private long mostReads;
        private long mostWrites;

        void add(Capacity capacity) {
            long read = capacity.throughput().readUnits();
            long write = capacity.throughput().writeUnits();
            reads += read;
            writes += write;
            mostReads = Math.max(mostReads, read);
            mostWrites = Math.max(mostWrites, write);
        }
    }

    @Override
    public Duration run() {
        Map<AccountRegion, Provisioned> owners = new HashMap<>();
        for (Table table : tables.all()) {
            Provisioned ofOwner = owners.computeIfAbsent(table.accountRegion(), _ -> new Provisioned());
            record(table, Optional.empty(), table.capacity(), ofOwner);
            for (SecondaryIndex index : table.globalIndexes()) {
                record(table, Optional.of(index.name()), index.capacity(), ofOwner);
            }
        }
        owners.forEach(this::record);
        return PERIOD;
    }

    private void record(Table table, Optional<String> index, Capacity capacity, Provisioned ofOwner) {
        TableName name = table.address();
        if (!table.billing().isOnDemand()) {
            ofOwner.add(capacity);
            metrics.add(
                    Metric.PROVISIONED_READ, name, index, capacity.throughput().readUnits());
            metrics.add(
                    Metric.PROVISIONED_WRITE, name, index, capacity.throughput().writeUnits());
        }
        record(Metric.MAXIMUM_READ, name, index, capacity.maxima().readUnits());
        record(Metric.MAXIMUM_WRITE, name, index, capacity.maxima().writeUnits());
    }

    private void record(Metric metric, TableName name, Optional<String> index, OptionalLong units) {
        units.ifPresent(set -> metrics.add(metric, name, index, set));
    }

    private void record(AccountRegion owner, Provisioned provisioned) {
        record(owner, Metric.ACCOUNT_MAX_READS, quotas.ofAccount);
        record(owner, Metric.ACCOUNT_MAX_WRITES, quotas.ofAccount);
        record(owner, Metric.ACCOUNT_MAX_TABLE_READS, quotas.ofTable);
        record(owner, Metric.ACCOUNT_MAX_TABLE_WRITES, quotas.ofTable);
        record(owner, Metric.ACCOUNT_READ_UTILIZATION, percent(provisioned.reads, quotas.ofAccount));
        record(owner, Metric.ACCOUNT_WRITE_UTILIZATION, percent(provisioned.writes, quotas.ofAccount));
        record(owner, Metric.TABLE_READ_UTILIZATION, percent(provisioned.mostReads, quotas.ofTable));
        record(owner, Metric.TABLE_WRITE_UTILIZATION, percent(provisioned.mostWrites, quotas.ofTable));
    }

    private void record(AccountRegion owner, Metric metric, long steps) {
        metrics.store().record(MetricId.of(owner, metric), steps);
    }

    /** In steps of a percentage. */
    private static long percent(long used, long quota) {
        return used * PERCENT * Metric.ACCOUNT_READ_UTILIZATION.scale() / quota;
    }
}
