package io.gramme.server;

import io.gramme.api.service.AwsService;
import io.gramme.monitoring.CapacityGauges;
import io.gramme.monitoring.CapacityMetrics;
import io.gramme.monitoring.Metric;
import io.gramme.monitoring.MetricPass;
import io.gramme.monitoring.MetricStore;
import io.gramme.monitoring.RequestMetrics;
import io.gramme.monitoring.TableMetrics;
import io.gramme.monitoring.cloudwatch.CloudWatch;
import io.gramme.server.operation.DescribeLimits;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.cluster.Peers;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.random.RandomGenerator;

/**
 * The metrics of tables that a server records and keeps.
 *
 * @param store what is read
 * @param tables what records
 */
record TableMonitoring(MetricStore store, TableMetrics tables) {
    /** Where all rows are in memory, those of metrics have to be few. */
    private static final int MAX_SERIES_IN_MEMORY = 1_000;

    /** Within this time after a minute the servers of a store store their metrics, each at its own moment. */
    private static final int LATEST_MILLIS = 20_000;

    /**
     * Loads what is known of the series, records what the meters charge, and starts the work in the background. The
     * metrics are stored once more when the parts are closed.
     */
    static TableMonitoring start(
            Storage storage,
            Engine engine,
            Tables all,
            Meters meters,
            CloseStack parts,
            InstantSource clock,
            RandomGenerator random) {
        int maxSeries = engine instanceof Engine.Memory ? MAX_SERIES_IN_MEMORY : MetricStore.MAX_SERIES;
        var store = new MetricStore(storage.store(), clock, random.nextLong(), maxSeries);
        parts.push(() -> storeAll(store));
        Duration later = storage.peers().areThere() ? Duration.ofMillis(random.nextInt(LATEST_MILLIS)) : Duration.ZERO;
        parts.push(BackgroundJob.start("gramme-metrics", new MetricPass(store, clock, later))::close);
        var tables = new TableMetrics(store);
        meters.listen((table, index) -> new CapacityMetrics(tables, table, index));
        var quotas = new CapacityGauges.Quotas(DescribeLimits.ACCOUNT, DescribeLimits.TABLE);
        startLeased(storage.peers(), "capacity-metrics", new CapacityGauges(all, tables, quotas), parts);
        startLeased(storage.peers(), "metric-expiry", MetricPass.expiry(store), parts);
        return new TableMonitoring(store, tables);
    }

    /** Starts what one server does for all servers of a store. */
    private static void startLeased(Peers peers, String work, BackgroundJob.Pass pass, CloseStack parts) {
        parts.push(BackgroundJob.start("gramme-" + work, peers.leased(work, pass))::close);
    }

    private static void storeAll(MetricStore store) {
        try {
            store.storeAll();
        } catch (OutOfSpaceException _) {
            // The metrics of the last minute are then lost, as after a kill of the process.
        }
    }

    void countExpired(Table table, long items) {
        tables.add(Metric.EXPIRED_ITEMS, table.address(), items);
    }

    /** The same dispatcher with its calls recorded, and with other services beside DynamoDB. */
    Dispatcher of(Dispatcher dispatcher, Tables all, InstantSource clock, SecurityParts security) {
        var requests = new RequestMetrics(
                tables,
                name -> all.find(name).isPresent(),
                owner -> all.all().stream()
                        .anyMatch(table -> table.accountRegion().equals(owner)));
        var services = new ArrayList<AwsService>(security.services());
        services.add(new AuthorizedService(
                new CloudWatch(store, clock), "cloudwatch:", security.guard().authorizer()));
        return dispatcher.with(new MeasuredCalls(requests), services, store);
    }
}
