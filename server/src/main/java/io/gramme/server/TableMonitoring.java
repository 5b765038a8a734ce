package io.gramme.server;

import io.gramme.monitoring.CapacityGauges;
import io.gramme.monitoring.MetricPass;
import io.gramme.monitoring.MetricStore;
import io.gramme.monitoring.TableMetrics;
import io.gramme.server.operation.DescribeLimits;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.tables.cluster.Peers;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Tables;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * The metrics of tables that a server records and keeps.
 *
 * @param store what is read
 * @param tables what records
 */
record TableMonitoring(MetricStore store, TableMetrics tables) {
    /** Where all rows are in memory, those of metrics have to be few. */
    private static final int MAX_SERIES_IN_MEMORY = 1_000;

    /** Loads what is known of the series. The metrics are stored once more when the parts are closed. */
    static TableMonitoring open(
            Storage storage, Engine engine, CloseStack parts, InstantSource clock, SplittableRandom random) {
        int maxSeries = engine instanceof Engine.Memory ? MAX_SERIES_IN_MEMORY : MetricStore.MAX_SERIES;
        var store = new MetricStore(storage.store(), clock, random.split().nextLong(), maxSeries);
        parts.push(() -> storeAll(store));
        parts.push(BackgroundJob.start("gramme-metrics", new MetricPass(store, clock))::close);
        return new TableMonitoring(store, new TableMetrics(store));
    }

    private static void storeAll(MetricStore store) {
        try {
            store.storeAll();
        } catch (OutOfSpaceException _) {
            // The metrics of the last minute are then lost, as after a kill of the process.
        }
    }

    /** Starts what one server does for all servers of a store. */
    void start(Tables all, Peers peers, CloseStack parts) {
        var quotas = new CapacityGauges.Quotas(DescribeLimits.ACCOUNT, DescribeLimits.TABLE);
        var gauges = new CapacityGauges(all, tables, quotas);
        parts.push(BackgroundJob.start("gramme-capacity-metrics", peers.leased("capacity-metrics", gauges))::close);
        parts.push(BackgroundJob.start(
                        "gramme-metric-expiry", peers.leased("metric-expiry", MetricPass.expiry(store)))
                ::close);
    }
}
