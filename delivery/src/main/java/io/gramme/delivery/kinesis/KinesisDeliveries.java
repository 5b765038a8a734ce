package io.gramme.delivery.kinesis;

import io.gramme.delivery.follow.ConsumerLag;
import io.gramme.delivery.follow.LogConsumer;
import io.gramme.delivery.follow.Runner;
import io.gramme.delivery.follow.Sources;
import io.gramme.delivery.kinesis.DataRecord.Origin;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.ClosedSubscription;
import io.gramme.tables.table.KinesisDestination;
import io.gramme.tables.table.KinesisDestination.Precision;
import io.gramme.tables.table.Subscription;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pass that runs a log consumer for each Kinesis destination: from its enabling until all changes are delivered
 * that were made before it was disabled or its table was deleted.
 */
public final class KinesisDeliveries implements BackgroundJob.Pass, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Budget BATCH = new Budget(DataStream.MOST_RECORDS, 4 << 20);

    private final Tables tables;
    private final RowStore store;
    private final KinesisOptions options;
    private final InstantSource clock;
    private final HttpClient client;
    private final Map<Destination, LogConsumer> running = new ConcurrentHashMap<>();

    /** Destinations whose changes are all delivered, kept as long as the catalog still lists their subscriptions. */
    private final Set<Destination> done = new HashSet<>();

    /** One enabling of a destination: its subscription. */
    private record Destination(TableName table, String tableId, String subscription, String streamArn) {
        static Optional<Destination> of(TableName table, String tableId, Subscription subscription) {
            return KinesisDestination.streamArnOf(subscription)
                    .map(arn -> new Destination(table, tableId, subscription.name(), arn));
        }

        String follower() {
            return tableId + "/" + subscription;
        }
    }

    public KinesisDeliveries(Tables tables, RowStore store, KinesisOptions options, InstantSource clock) {
        this.tables = tables;
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    @Override
    public Duration run() {
        Set<Destination> wanted = wanted();
        for (Destination destination : wanted) {
            if (!done.contains(destination)) {
                running.computeIfAbsent(destination, this::follow);
            }
        }
        for (Destination destination : Set.copyOf(running.keySet())) {
            LogConsumer follower = running.get(destination);
            if (!wanted.contains(destination)) {
                end(destination);
                LogConsumer.forget(store, destination.follower());
            } else if (follower != null && follower.reach().exhausted()) {
                end(destination);
                done.add(destination);
            }
        }
        forgetDone(wanted);
        return PERIOD;
    }

    /** The destinations enabled now, and the closed ones whose changes could still be read. */
    private Set<Destination> wanted() {
        var wanted = new HashSet<Destination>();
        for (Table table : tables.all()) {
            for (Subscription subscription : table.subscriptions()) {
                Destination.of(table.address(), table.id(), subscription).ifPresent(wanted::add);
            }
        }
        for (ClosedSubscription past : tables.closedSubscriptions().all()) {
            Destination.of(past.table(), past.tableId(), past.subscription()).ifPresent(wanted::add);
        }
        return wanted;
    }

    private LogConsumer follow(Destination destination) {
        var receiver = new KinesisReceiver(
                new Origin(destination.table(), destination.tableId()),
                new RemoteDataStream(client, options, destination.streamArn(), clock),
                () -> precision(destination));
        return LogConsumer.start(
                new LogConsumer.Options(destination.follower(), LogPosition.START, 1, BATCH),
                Sources.subscription(tables, destination.table(), destination.tableId(), destination.subscription()),
                receiver,
                store,
                clock,
                Runner.THREADS);
    }

    /** The lags of the destinations that this server delivers to. */
    public List<ConsumerLag> lags() {
        return running.entrySet().stream()
                .map(entry -> lag(entry.getKey(), entry.getValue()))
                .toList();
    }

    private ConsumerLag lag(Destination destination, LogConsumer follower) {
        Duration behind = follower.reach().lag(clock.instant());
        return new ConsumerLag(destination.table(), destination.streamArn(), behind);
    }

    /** The precision that the destination has now. That of a deleted table is not stored any longer. */
    private Precision precision(Destination destination) {
        return tables.find(destination.table())
                .filter(table -> table.id().equals(destination.tableId()))
                .flatMap(table -> table.settings().destinations().stream()
                        .filter(one -> one.subscription().equals(destination.subscription()))
                        .findFirst())
                .flatMap(KinesisDestination::precision)
                .orElse(Precision.MILLISECOND);
    }

    private void end(Destination destination) {
        LogConsumer follower = running.remove(destination);
        if (follower != null) {
            follower.close();
        }
    }

    @Override
    public void handOver() {
        Set.copyOf(running.keySet()).forEach(this::end);
        done.clear();
    }

    private void forgetDone(Set<Destination> wanted) {
        for (Destination destination : Set.copyOf(done)) {
            if (!wanted.contains(destination)) {
                LogConsumer.forget(store, destination.follower());
                done.remove(destination);
            }
        }
    }

    /** Called when no pass runs any longer. Requests under way are abandoned: it is unknown whether they were taken. */
    @Override
    public void close() {
        client.shutdownNow();
        running.values().forEach(LogConsumer::close);
    }
}
