package io.gramme.server;

import io.gramme.delivery.kinesis.KinesisDeliveries;
import io.gramme.delivery.trigger.TriggerRim;
import io.gramme.delivery.trigger.Triggers;
import io.gramme.encryption.EncryptedStore;
import io.gramme.recovery.BackupPlace;
import io.gramme.recovery.RecoveryPass;
import io.gramme.recovery.server.ServerBackups;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.server.ServerOptions.Throttling;
import io.gramme.server.encryption.DataKeyRetirement;
import io.gramme.server.metric.Lags;
import io.gramme.server.metric.Lags.Kind;
import io.gramme.server.operation.RootKeys;
import io.gramme.server.operation.UpdateTable;
import io.gramme.server.scaling.TableThroughput;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.access.Access;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.TokenLeases;
import io.gramme.tables.cluster.Peers;
import io.gramme.tables.fault.FaultAccess;
import io.gramme.tables.fault.FaultAdmission;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.insight.CountingAdmission;
import io.gramme.tables.insight.TopKeys;
import io.gramme.tables.item.Admission;
import io.gramme.tables.item.IndexBuild;
import io.gramme.tables.item.IndexBuilds;
import io.gramme.tables.item.ItemCounts;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.TransactionConflicts;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.log.HistoryTrimmer;
import io.gramme.tables.log.LogTrimmer;
import io.gramme.tables.partition.Heat;
import io.gramme.tables.partition.LocalHeat;
import io.gramme.tables.partition.PartitionSplitter;
import io.gramme.tables.partition.SharedHeat;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.transaction.IdempotencyTokens;
import io.gramme.tables.transaction.Transactions;
import io.gramme.tables.ttl.ExpirySweep;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.DirectoryBuckets;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A running Gramme: the composition root, which starts all parts in order and closes them in reverse. */
public final class Server implements AutoCloseable {
    /** The name of the bucket of backups in a data directory. */
    private static final String BACKUPS = "backups";

    /** The name of the directory of failure records in a data directory. */
    private static final String LETTERS = "dead-letters";

    private static final String NO_KINESIS = "Gramme was started without --kinesis-endpoint";

    /** The name of the directory of backups of the whole server in a data directory. */
    private static final String SERVER_BACKUPS = "server-backups";

    private static final String IN_MEMORY = "The tables of this server are in memory, and end with it: back up tables"
            + " with CreateBackup and --backups, or serve from a disk";
    private static final String IN_CASSANDRA = "The tables of this server are in Cassandra: back up its keyspace with"
            + " Cassandra's own snapshots, or tables with CreateBackup";

    private final CloseStack parts;
    private final Listeners listeners;

    private Server(CloseStack parts, Listeners listeners) {
        this.parts = parts;
        this.listeners = listeners;
    }

    /**
     * Opens the tables and serves them until closed.
     *
     * @throws IOException if the server cannot listen on an address
     * @throws io.gramme.storage.StorageException if the data directory cannot be used
     */
    public static Server start(ServerOptions options) throws IOException {
        var parts = new CloseStack();
        try {
            return start(options, parts);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static Server start(ServerOptions options, CloseStack parts) throws IOException {
        InstantSource clock = InstantSource.system();
        // Shared by threads that use it rarely: ids of tables and requests come from their own generators.
        var random = new SplittableRandom();
        // Known only once the server listens; earlier readers wait for it.
        var address = new CompletableFuture<InetSocketAddress>();
        var lags = new Lags();
        Dispatcher dispatcher = dispatcher(options, parts, clock, random, () -> hostAndPort(address.join()), lags);
        Listeners listeners = Listeners.open(options, dispatcher, lags, parts, clock, random);
        address.complete(listeners.requests());
        return new Server(parts, listeners);
    }

    /**
     * Opens the tables and starts their background work; a transport then brings the requests.
     *
     * @param address host and port by which a client reaches this server
     * @param lags receives the sources of the lag metrics
     */
    static Dispatcher dispatcher(
            ServerOptions options,
            CloseStack parts,
            InstantSource clock,
            SplittableRandom random,
            Supplier<String> address,
            Lags lags) {
        Storage storage = Storage.open(options, parts, clock, random);
        RowStore store = storage.store();
        lags.addOnly(Kind.INDEX, store::lag);
        Peers peers = storage.peers();
        Pace pace = options.pace();
        SecurityParts security = SecurityParts.open(options, store, clock, parts);
        var keys = StoreKeys.of(options, storage, security, parts);
        var tables = new Tables(store, new TableOptions(pace.tableDelay()), clock, peers, keys.sealing());
        var milliseconds = new MillisecondClock(clock);
        var ids = new RandomIds(random.split());
        var jobs = new Jobs(store);
        tables.whenReloaded(jobs::changed);
        JobKinds kinds = kinds(storage, tables);
        var runner = new JobRunner(jobs, kinds, clock);
        var life = new TableLifecycle(tables, store, new IndexBuilds(tables, jobs, runner, milliseconds));
        startStatistics(tables, parts);
        parts.push(start(peers, "table-life", life));
        Meters meters = meters(options, peers, store, tables, clock, parts);
        Heat heat = startHeat(store, tables, peers, meters, random, parts);
        parts.push(start(peers, "partition-splitter", splitter(tables, life, pace, heat, meters)));
        IdempotencyTokens tokens = startTokens(store, tables, peers, clock, parts);
        var metrics = TableMonitoring.start(storage, options.engine(), tables, meters, parts, clock, random.split());
        TopKeys topKeys = topKeys(tables, clock, parts);
        FaultRules faults = options.faultRules() ? FaultRules.allowed() : FaultRules.forbidden();
        ItemStore items =
                items(options, store, tables, security.access(), new CountingAdmission(meters, topKeys), faults);
        FileEncryption files = FileEncryption.of(options, storage.encryption());
        var recovery = recoveryParts(options, files, parts)
                .over(store, tables, life, items, jobs, kinds, runner, random.split(), milliseconds);
        parts.push(start(peers, "backups", new RecoveryPass(tables, life, recovery, milliseconds)));
        parts.push(start(peers, "jobs", runner));
        var sweep = new ExpirySweep(store, tables, items, clock, pace.ttlInterval(), metrics::countExpired);
        startSweep(sweep, pace, peers, lags, parts);
        startKinesis(options, store, tables, peers, clock, parts, lags);
        TriggerRim rim = TriggerRim.real(clock, ids, letters(options), files.letters());
        Triggers triggers = triggers(store, tables, peers, rim, lags, parts);
        EncryptionParts encryption = keys.watch(tables, recovery.backups(), milliseconds, parts);
        startTrimmers(store, tables, peers, milliseconds, parts);
        Dispatcher dispatcher = OperationRegistry.over(
                store,
                tables,
                life,
                items,
                new Transactions(items, tokens),
                sweep,
                triggers,
                jobs,
                kinds,
                recovery,
                serverBackups(options, store, clock, parts),
                scaling(store, tables, meters, life, milliseconds, ids, encryption.rootKeys(), peers, parts),
                meters,
                heat,
                options.kinesis().isPresent() ? Optional.empty() : Optional.of(NO_KINESIS),
                milliseconds,
                ids,
                address,
                faults,
                topKeys,
                security.guard(),
                encryption);
        return metrics.of(dispatcher.behind(security.authentication(), security.refused()), tables, clock, security);
    }

    /** The kinds of job of the tables themselves. */
    private static JobKinds kinds(Storage storage, Tables tables) {
        var kinds = new JobKinds(IndexBuild.kinds(storage.store(), tables));
        storage.encryption()
                .map(EncryptedStore::retirement)
                .ifPresent(retirement -> kinds.add(new DataKeyRetirement(retirement, tables)));
        return kinds;
    }

    private static PartitionSplitter splitter(Tables tables, TableLifecycle life, Pace pace, Heat heat, Meters meters) {
        return new PartitionSplitter(tables, life, pace.partitionBytes(), heat, meters::mode, System::nanoTime);
    }

    private static RecoveryParts recoveryParts(ServerOptions options, FileEncryption files, CloseStack parts) {
        parts.push(options.files().buckets()::close);
        return new RecoveryParts(
                options.pace().recoveryLag(),
                backupPlace(options),
                files.backups(),
                options.files().buckets());
    }

    private static TopKeys topKeys(Tables tables, InstantSource clock, CloseStack parts) {
        var topKeys =
                new TopKeys(tables, clock, TopKeys.bytesOf(Runtime.getRuntime().maxMemory()));
        // Every server counts for itself.
        parts.push(BackgroundJob.start("gramme-top-keys", topKeys)::close);
        return topKeys;
    }

    private static ItemStore items(
            ServerOptions options,
            RowStore store,
            Tables tables,
            Access access,
            Admission admission,
            FaultRules faults) {
        return new ItemStore(
                store,
                new ItemCounts(tables.statistics()),
                new TransactionConflicts(),
                options.faultRules() ? new FaultAccess(access, faults) : access,
                options.faultRules() ? new FaultAdmission(admission, faults) : admission,
                ItemStore.MAX_COLLECTION_BYTES);
    }

    private static Meters meters(
            ServerOptions options, Peers peers, RowStore store, Tables tables, InstantSource clock, CloseStack parts) {
        Throttling throttling = options.throttling();
        if (!peers.areThere()) {
            return Meters.alone(throttling.mode(), throttling.accountQuota(), System::nanoTime, clock::millis);
        }
        var meters = Meters.shared(throttling.mode(), throttling.accountQuota(), System::nanoTime, clock::millis);
        var leases = new TokenLeases(store, meters, tables::all, clock::millis);
        // Every server leases for itself.
        parts.push(BackgroundJob.start("gramme-token-leases", leases)::close);
        return meters;
    }

    /** Starts what watches the use of partitions; servers that share a store tell each other. */
    private static Heat startHeat(
            RowStore store, Tables tables, Peers peers, Meters meters, SplittableRandom random, CloseStack parts) {
        var local = new LocalHeat(meters, tables, System::nanoTime);
        parts.push(BackgroundJob.start("gramme-heat", local)::close);
        if (!peers.areThere()) {
            return local;
        }
        var shared = new SharedHeat(store, local, random.nextLong(), System::nanoTime);
        parts.push(BackgroundJob.start("gramme-heat-reports", shared)::close);
        return shared;
    }

    /** Where backups are sealed: where the options say, or beside the tables if only this server uses them. */
    private static Optional<BackupPlace> backupPlace(ServerOptions options) {
        return options.files().backups().or(() -> switch (options.engine()) {
            case Engine.Memory _ -> Optional.of(new BackupPlace(new MemoryBuckets().create(BACKUPS), Optional.empty()));
            case Engine.Disk(Path directory, var _) ->
                Optional.of(new BackupPlace(backupsIn(directory), Optional.empty()));
            case Engine.Shared _ -> Optional.empty();
        });
    }

    private static ServerBackups serverBackups(
            ServerOptions options, RowStore store, InstantSource clock, CloseStack parts) {
        ServerBackups backups = switch (options.engine()) {
            case Engine.Memory _ -> ServerBackups.refused(IN_MEMORY, store, clock);
            case Engine.Shared _ -> ServerBackups.refused(IN_CASSANDRA, store, clock);
            case Engine.Disk(Path data, var _) -> {
                Path root = options.files().serverBackups().orElseGet(() -> data.resolve(SERVER_BACKUPS));
                var place = new ServerBackups.Place(root, data, List.of(BACKUPS), List.of(LETTERS));
                yield ServerBackups.in(place, store, clock);
            }
        };
        parts.push(backups::close);
        return backups;
    }

    /** Started after all log consumers: each of them first checks whether it has missed anything. */
    private static void startTrimmers(
            RowStore store, Tables tables, Peers peers, MillisecondClock clock, CloseStack parts) {
        parts.push(start(peers, "log-trimmer", new LogTrimmer(tables, store, clock)));
        parts.push(start(peers, "history-trimmer", new HistoryTrimmer(tables, store, clock)));
    }

    private static AutoScaling scaling(
            RowStore store,
            Tables tables,
            Meters meters,
            TableLifecycle life,
            MillisecondClock clock,
            RandomIds ids,
            RootKeys keys,
            Peers peers,
            CloseStack parts) {
        var throughput = new TableThroughput(new UpdateTable(tables, life, clock, keys));
        var scaling = new AutoScaling(store, tables, meters, throughput, clock, ids);
        parts.push(BackgroundJob.start("gramme-consumption", scaling.counting())::close);
        parts.push(start(peers, "auto-scaling", scaling.pass()));
        return scaling;
    }

    private static void startSweep(ExpirySweep sweep, Pace pace, Peers peers, Lags lags, CloseStack parts) {
        lags.addOnly(Kind.EXPIRY, sweep::lag);
        if (pace.ttlInterval().isPositive()) {
            parts.push(start(peers, "time-to-live", sweep));
        }
    }

    private static Bucket backupsIn(Path directory) {
        try {
            return DirectoryBuckets.create(directory, BACKUPS);
        } catch (IOException e) {
            throw new StorageException("cannot create the directory of backups: " + e.getMessage(), e);
        }
    }

    private static IdempotencyTokens startTokens(
            RowStore store, Tables tables, Peers peers, InstantSource clock, CloseStack parts) {
        var tokens = new IdempotencyTokens(store, tables, clock);
        parts.push(start(peers, "request-tokens", tokens));
        return tokens;
    }

    private static void startStatistics(Tables tables, CloseStack parts) {
        // Stored once more at the end, after the last write.
        parts.push(() -> keepStatistics(tables));
        parts.push(BackgroundJob.start("gramme-statistics", tables.statistics())::close);
    }

    private static void keepStatistics(Tables tables) {
        try {
            tables.statistics().run();
        } catch (OutOfSpaceException _) {
            // The counts are then as after a kill of the process.
        }
    }

    private static void startKinesis(
            ServerOptions options,
            RowStore store,
            Tables tables,
            Peers peers,
            InstantSource clock,
            CloseStack parts,
            Lags lags) {
        options.kinesis()
                .map(kinesis -> new KinesisDeliveries(tables, store, kinesis, clock))
                .ifPresent(deliveries -> {
                    lags.add(Kind.KINESIS, "stream", deliveries::lags);
                    parts.push(deliveries::close);
                    parts.push(start(peers, "kinesis", deliveries));
                });
    }

    /** The directory of failure records, if the tables are in a directory. */
    private static Optional<Path> letters(ServerOptions options) {
        return options.engine() instanceof Engine.Disk disk
                ? Optional.of(disk.directory().resolve(LETTERS))
                : Optional.empty();
    }

    private static Triggers triggers(
            RowStore store, Tables tables, Peers peers, TriggerRim rim, Lags lags, CloseStack parts) {
        Triggers triggers = triggers(store, tables, peers, rim, parts);
        lags.add(Kind.TRIGGER, "trigger", triggers::lags);
        return triggers;
    }

    private static Triggers triggers(RowStore store, Tables tables, Peers peers, TriggerRim rim, CloseStack parts) {
        if (!peers.areThere()) {
            var triggers = Triggers.start(store, tables, rim);
            parts.push(triggers::close);
            return triggers;
        }
        var triggers = Triggers.among(store, tables, rim, peers::lastAnnouncement);
        parts.push(triggers::close);
        parts.push(start(peers, "triggers", triggers));
        return triggers;
    }

    /** Starts background work that one server does for all servers of a store. */
    private static CloseStack.Part start(Peers peers, String work, BackgroundJob.Pass pass) {
        return BackgroundJob.start("gramme-" + work, peers.leased(work, pass))::close;
    }

    private static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "localhost"
                : address.getAddress().getHostAddress();
        return host + ":" + address.getPort();
    }

    /** The address for clients. */
    public InetSocketAddress address() {
        return listeners.requests();
    }

    /** The address for monitors, if a metrics port is configured. */
    public Optional<InetSocketAddress> metricsAddress() {
        return listeners.metrics();
    }

    /** Finishes the requests in flight, then closes what served them. */
    @Override
    public void close() {
        parts.close();
    }
}
