package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.wire.Service;
import io.gramme.consistency.workload.Answer;
import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;
import io.gramme.delivery.trigger.TriggerRim;
import io.gramme.delivery.trigger.Triggers;
import io.gramme.encryption.EncryptedStore;
import io.gramme.http.Call;
import io.gramme.http.ErrorBodies;
import io.gramme.http.Target;
import io.gramme.recovery.BackupKeys;
import io.gramme.recovery.BackupPlace;
import io.gramme.recovery.Recovery;
import io.gramme.recovery.RecoveryPass;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.recovery.load.Imports;
import io.gramme.recovery.server.ServerBackups;
import io.gramme.scaling.AutoScaling;
import io.gramme.server.encryption.RootKeyWatch;
import io.gramme.server.operation.RootKeys;
import io.gramme.server.operation.UpdateTable;
import io.gramme.server.permission.Guard;
import io.gramme.server.scaling.TableThroughput;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.tables.access.Access;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
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
import io.gramme.tables.item.ItemStores;
import io.gramme.tables.item.KeyUse;
import io.gramme.tables.item.TransactionConflicts;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.log.LogTrimmer;
import io.gramme.tables.partition.Heat;
import io.gramme.tables.partition.LocalHeat;
import io.gramme.tables.partition.PartitionSplitter;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.transaction.IdempotencyTokens;
import io.gramme.tables.transaction.Transactions;
import io.gramme.tables.ttl.ExpirySweep;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls operations as the wire does, without the wire: JSON in, JSON out, over the memory engine. Requests and expected
 * answers may be written with single quotes and without quotes around member names.
 */
public final class Client implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(1 << 20)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();
    private static final Caller ROOT = Caller.root("000000000000", "us-east-1");

    private Caller caller = ROOT;

    /** Makes the store of items, given where it is counted which keys are used. */
    @FunctionalInterface
    private interface Door {
        ItemStore over(Tables tables, KeyUse keys);
    }

    private final RowStore store;
    private final Tables tables;
    private final FakeKeyService keyService = new FakeKeyService();
    private final RootKeyWatch keyWatch;
    private final MillisecondClock shown;
    private final TableLifecycle tableLife;
    private final BackgroundJob life;
    private final BackgroundJob running;
    private final Recovery recovery;
    private final OneAtATime recoveryPass;
    private final BackgroundJob recovering;
    private final MemoryBuckets buckets;
    private final LocalHeat heat;
    private final Triggers triggers;
    private final AutoScaling scaling;
    private final Dispatcher dispatcher;

    private Client(RowStore store, InstantSource clock, long maxCollectionBytes) {
        this(store, clock, maxCollectionBytes, TriggerRim.real(clock, ids(), Optional.empty()));
    }

    private Client(RowStore store, InstantSource clock, long maxCollectionBytes, TriggerRim rim) {
        this(
                store,
                clock,
                (tables, _) -> ItemStores.over(store, tables, new TransactionConflicts(), maxCollectionBytes),
                rim,
                new MemoryBuckets());
    }

    private Client(RowStore store, InstantSource clock, Door door, TriggerRim rim, MemoryBuckets buckets) {
        this(store, clock, door, rim, Extras.of(clock, buckets));
    }

    private Client(RowStore store, InstantSource clock, Door door, TriggerRim rim, Extras extras) {
        MemoryBuckets buckets = extras.buckets();
        Bucket backups = extras.backups();
        Meters meters = extras.meters();
        FaultRules faults = extras.faults();
        this.store = store;
        this.buckets = buckets;
        this.tables = new Tables(store, TableOptions.DEFAULT, clock, Peers.ALONE, extras.sealing());
        var jobs = new Jobs(store);
        this.shown = new MillisecondClock(clock);
        var kinds = new JobKinds(IndexBuild.kinds(store, tables));
        var runner = new JobRunner(jobs, kinds, clock);
        this.tableLife = new TableLifecycle(tables, store, new IndexBuilds(tables, jobs, runner, shown));
        this.life = BackgroundJob.start("life", tableLife);
        this.heat = new LocalHeat(meters, tables, meters::now);
        var topKeys = new TopKeys(tables, clock, 1L << 20);
        ItemStore items = door.over(tables, topKeys);
        var transactions = new Transactions(items, new IdempotencyTokens(store, tables, clock));
        var sweep = new ExpirySweep(store, tables, items, clock, Duration.ZERO);
        this.triggers = Triggers.start(store, tables, rim);
        this.recovery = new RecoveryParts(
                        RecoveryWindow.LAG,
                        Optional.of(new BackupPlace(backups, Optional.empty())),
                        extras.keys(),
                        buckets)
                .over(store, tables, tableLife, items, jobs, kinds, runner, new SplittableRandom(), shown);
        this.running = BackgroundJob.start("jobs", runner);
        this.recoveryPass = new OneAtATime(new RecoveryPass(tables, tableLife, recovery, shown));
        this.recovering = BackgroundJob.start("recovery", recoveryPass);
        var rootKeys = new RootKeys(keyService, RootKeys.Scope.CALLER);
        this.keyWatch =
                new RootKeyWatch(tables, keyService, Optional.empty(), recovery.backups(), shown, Duration.ofDays(1));
        var throughput = new TableThroughput(new UpdateTable(tables, tableLife, shown, rootKeys));
        this.scaling = new AutoScaling(store, tables, meters, throughput, shown, ids());
        this.dispatcher = OperationRegistry.over(
                store,
                tables,
                tableLife,
                items,
                transactions,
                sweep,
                triggers,
                jobs,
                kinds,
                recovery,
                ServerBackups.refused("This server cannot be backed up", store, clock),
                scaling,
                meters,
                heat,
                Optional.empty(),
                shown,
                ids(),
                () -> "localhost:1",
                faults,
                topKeys,
                extras.guard(),
                new EncryptionParts(rootKeys, keyWatch, Optional.empty()));
    }

    /** The service of the root keys of tables. */
    public FakeKeyService keyService() {
        return keyService;
    }

    /** The pass that asks for root keys; it runs when a test runs it. */
    public RootKeyWatch keyWatch() {
        return keyWatch;
    }

    /** The buckets of exports and imports, and of backups. */
    public MemoryBuckets buckets() {
        return buckets;
    }

    private static RandomIds ids() {
        return new RandomIds(RandomGenerator.getDefault());
    }

    public static Client inMemory() {
        return at(Clock.systemUTC());
    }

    /** In memory, at a time of the test's own. */
    public static Client at(InstantSource clock) {
        return new Client(new MemoryStore(clock), clock, 10L << 30);
    }

    /** In memory, with backups in a bucket of the test's own. */
    public static Client backingUpTo(Bucket backups, InstantSource clock) {
        return over(
                new MemoryStore(clock),
                clock,
                Extras.of(clock, new MemoryBuckets()).with(backups));
    }

    /** In memory, with these keys for the files of backups. */
    public static Client withKeys(BackupKeys keys, InstantSource clock) {
        return over(
                new MemoryStore(clock),
                clock,
                Extras.of(clock, new MemoryBuckets()).with(keys));
    }

    /** Over the sealed form of a store, where each table has keys. */
    public static Client over(EncryptedStore store, InstantSource clock) {
        return over(store.sealed(), clock, Extras.of(clock, new MemoryBuckets()).with(store));
    }

    private static Client over(RowStore store, InstantSource clock, Extras extras) {
        return new Client(
                store,
                clock,
                (tables, _) -> ItemStores.over(store, tables),
                TriggerRim.real(clock, ids(), Optional.empty()),
                extras);
    }

    /** In memory, with auto scaling by these meters, which count what requests consume. */
    public static Client metered(InstantSource clock, Meters meters) {
        return behind(clock, Access.UNRESTRICTED, meters);
    }

    /** In memory, with these hooks in the store of items. */
    public static Client behind(InstantSource clock, Access access, Admission admission) {
        var store = new MemoryStore(clock);
        Extras extras = Extras.of(clock, new MemoryBuckets());
        return new Client(
                store,
                clock,
                (tables, keys) -> items(store, tables, access, new CountingAdmission(admission, keys)),
                TriggerRim.real(clock, ids(), Optional.empty()),
                admission instanceof Meters meters ? extras.with(meters) : extras);
    }

    /** In memory, where policies decide. */
    public static Client guarded(InstantSource clock, Guard guard, Access access) {
        var store = new MemoryStore(clock);
        Extras extras = Extras.of(clock, new MemoryBuckets()).with(guard);
        return new Client(
                store,
                clock,
                (tables, keys) -> items(store, tables, access, new CountingAdmission(extras.meters(), keys)),
                TriggerRim.real(clock, ids(), Optional.empty()),
                extras);
    }

    /** From here on, requests come from another caller. */
    public void actAs(Caller other) {
        caller = other;
    }

    /** In memory, as a server that was started for tests, with these hooks in the store of items. */
    public static Client underFaults(InstantSource clock, Admission admission, FaultRules faults) {
        var store = new MemoryStore(clock);
        return new Client(
                store,
                clock,
                (tables, keys) -> items(
                        store,
                        tables,
                        new FaultAccess(Access.UNRESTRICTED, faults),
                        new FaultAdmission(new CountingAdmission(admission, keys), faults)),
                TriggerRim.real(clock, ids(), Optional.empty()),
                Extras.of(clock, new MemoryBuckets()).with(faults));
    }

    private static ItemStore items(RowStore store, Tables tables, Access access, Admission admission) {
        return new ItemStore(
                store,
                new ItemCounts(tables.statistics()),
                new TransactionConflicts(),
                access,
                admission,
                ItemStore.MAX_COLLECTION_BYTES);
    }

    /** Over what a store holds, at a time of the test's own. Closes it in the end. */
    public static Client over(RowStore store, InstantSource clock) {
        return new Client(store, clock, 10L << 30);
    }

    /** The same, with the buckets of another client. */
    public static Client over(RowStore store, InstantSource clock, MemoryBuckets buckets) {
        return new Client(
                store,
                clock,
                (tables, _) -> ItemStores.over(store, tables),
                TriggerRim.real(clock, ids(), Optional.empty()),
                buckets);
    }

    /** The same, with triggers that see no more of the world than they are shown. */
    public static Client over(RowStore store, TriggerRim rim) {
        return new Client(store, rim.clock(), 10L << 30, rim);
    }

    /** Over what a directory holds; other clients of the directory must have been closed. */
    public static Client onDisk(Path directory) {
        return new Client(
                RocksStore.open(RocksStoreOptions.in(directory), Clock.systemUTC()), Clock.systemUTC(), 10L << 30);
    }

    public static Client withCollectionLimit(long bytes) {
        return new Client(new MemoryStore(Clock.systemUTC()), Clock.systemUTC(), bytes);
    }

    public RowStore store() {
        return store;
    }

    public Tables tables() {
        return tables;
    }

    /** Brings about what was changed about a table by other ways than requests. */
    public void settle(Table changed) {
        tableLife.settle(changed);
    }

    /** The answer to a request. */
    public JsonNode call(String operation, String request) {
        return call(Service.DYNAMODB, operation, request);
    }

    /** The same of the Streams service. */
    public JsonNode callStreams(String operation, String request) {
        return call(Service.STREAMS, operation, request);
    }

    /** The same of what Gramme has besides. */
    public JsonNode callGramme(String operation, String request) {
        return call(Service.GRAMME, operation, request);
    }

    /** The same of Application Auto Scaling. */
    public JsonNode callScaling(String operation, String request) {
        return call(Service.AUTO_SCALING, operation, request);
    }

    public AutoScaling scaling() {
        return scaling;
    }

    public Imports imports() {
        return recovery.imports();
    }

    /** Takes all steps of recovery that are possible now. */
    public void recover() {
        recoveryPass.runNow();
    }

    /** Deletes what has expired, which otherwise nobody does here; answers how many items that were. */
    public int sweep() {
        return callGramme("SweepExpiredItems", "{}").get("Deleted").asInt();
    }

    /** The answer to a request that reads as of an earlier moment. */
    public JsonNode callAsOf(String moment, String operation, String request) {
        return call(Service.DYNAMODB, operation, request, Optional.of(moment));
    }

    private JsonNode call(Service service, String operation, String request) {
        return call(service, operation, request, Optional.empty());
    }

    private JsonNode call(Service service, String operation, String request, Optional<String> asOf) {
        byte[] body = json(request).toString().getBytes(StandardCharsets.UTF_8);
        return JSON.readTree(dispatcher.answer(
                new Call(new Target(service, operation), caller, body, "test", Optional.empty(), asOf)));
    }

    /** What partitions consume, as far as meters count it; a pass of it is to be run each second. */
    public LocalHeat heat() {
        return heat;
    }

    /** A splitter by heat alone, in a time of the test's own. */
    public PartitionSplitter splitter(Heat known, LongSupplier nanoTime) {
        return new PartitionSplitter(tables, tableLife, Long.MAX_VALUE, known, _ -> ThroughputMode.AWS, nanoTime);
    }

    /** Splits one partition of each table that has one of more bytes than this. */
    public void splitPartitions(long mostBytes) {
        new PartitionSplitter(tables, tableLife, mostBytes).run();
    }

    /** Lets logs forget what is too old. */
    public void trimLogs() {
        new LogTrimmer(tables, store, shown).run();
    }

    /** The answer to a request or its refusal, as a workload sees it that could as well be in another process. */
    public Answer answer(String operation, String request) {
        try {
            return Answer.of(200, call(operation, request).toString().getBytes(StandardCharsets.UTF_8));
        } catch (ApiException refusal) {
            return Answer.of(refusal.code().status(), ErrorBodies.of(refusal));
        }
    }

    /** The answer to a request, or the words of its refusal. */
    public String outcome(String operation, String request) {
        try {
            return call(operation, request).toString();
        } catch (ApiException refusal) {
            return refusal.code() + ": " + refusal.text();
        }
    }

    /** The same of an operation on streams. */
    public String streamOutcome(String operation, String request) {
        try {
            return call(Service.STREAMS, operation, request).toString();
        } catch (ApiException refusal) {
            return refusal.code() + ": " + refusal.text();
        }
    }

    /** Checks the whole answer to a request. */
    public void answers(String operation, String request, String answer) {
        assertThat(call(operation, request)).isEqualTo(json(answer));
    }

    public void answersFromStreams(String operation, String request, String answer) {
        assertThat(callStreams(operation, request)).isEqualTo(json(answer));
    }

    /** Checks that a request is refused, and in which words. */
    public ApiException refuses(String operation, String request, String message) {
        return refuses(Service.DYNAMODB, operation, request, message);
    }

    /** The same of what Gramme has besides. */
    public ApiException refusesGramme(String operation, String request, String message) {
        return refuses(Service.GRAMME, operation, request, message);
    }

    private ApiException refuses(Service service, String operation, String request, String message) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> call(service, operation, request));
        assertThat(refusal).as("%s %s", operation, request).isNotNull();
        assertThat(refusal.text()).isEqualTo(message);
        return refusal;
    }

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        triggers.close();
        recovering.close();
        running.close();
        life.close();
        store.close();
    }
}
