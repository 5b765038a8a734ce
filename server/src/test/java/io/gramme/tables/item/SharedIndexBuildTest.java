package io.gramme.tables.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.server.FakeKeyService;
import io.gramme.server.operation.CreateTable;
import io.gramme.server.operation.DeleteTable;
import io.gramme.server.operation.RequestContext;
import io.gramme.server.operation.RootKeys;
import io.gramme.server.operation.UpdateTable;
import io.gramme.server.operation.UpdateTimeToLive;
import io.gramme.server.permission.Guard;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.access.Action;
import io.gramme.tables.cluster.Membership;
import io.gramme.tables.cluster.Timing;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An index that is built by one of two servers over one store, in virtual time. */
class SharedIndexBuildTest implements InstantSource {
    private static final Timing TIMING =
            new Timing(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(8));
    private static final AccountRegion REGION = new AccountRegion("000000000000", "us-east-1");
    private static final TableName ORDERS = new TableName(REGION, "orders");
    private static final int ITEMS = 400;

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final RowStore store = new MemoryStore(this);
    private final Jobs jobs = new Jobs(store);
    private int names;
    private final MillisecondClock clock = new MillisecondClock(this);
    private final Server one = new Server();
    private final Server two = new Server();

    @Override
    public Instant instant() {
        return now;
    }

    /** A server that does in the background what a test lets it do. */
    private final class Server {
        final Membership membership =
                Membership.join(store, TIMING, () -> now.toEpochMilli() * 1_000_000, () -> "server-" + ++names);
        final RowStore fenced = membership.fence(store);
        final Tables tables = new Tables(fenced, TableOptions.DEFAULT, SharedIndexBuildTest.this, membership);
        final ItemStore items = ItemStores.over(fenced, tables);
        final JobRunner runner = new JobRunner(
                new Jobs(fenced),
                new JobKinds(IndexBuild.kinds(fenced, tables, new Budget(10, 1 << 20))),
                SharedIndexBuildTest.this,
                JobRunner.Bounds.ONE_STEP);
        final TableLifecycle life = new TableLifecycle(
                tables, fenced, new IndexBuilds(tables, new Jobs(fenced), runner, clock, OptionalInt.of(3)));
        final BackgroundJob.Pass lifePass = membership.leased("table-life", life);
        final BackgroundJob.Pass jobPass = membership.leased("jobs", runner);

        void work() throws InterruptedException {
            membership.run();
            membership.reloading().run();
            membership.run();
            lifePass.run();
            jobPass.run();
        }

        Table orders() {
            return tables.find(ORDERS).orElseThrow();
        }

        boolean isBuilt() {
            return orders().index("by-a").orElseThrow().isReadable();
        }

        void create() {
            var request = Operations.CREATE_TABLE.read(utf8("""
                    {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
                     "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                     "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}"""));
            assertThat(new CreateTable(
                                    tables,
                                    life,
                                    clock,
                                    Samples.IDS,
                                    Guard.open(InstantSource.system()).policies(),
                                    new RootKeys(new FakeKeyService(), RootKeys.Scope.CALLER))
                            .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()))
                            .tableDescription())
                    .isPresent();
        }

        void update(String indexUpdate) {
            var request = Operations.UPDATE_TABLE.read(utf8("""
                    {"TableName": "orders",
                     "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"}],
                     "GlobalSecondaryIndexUpdates": [%s]}""".formatted(indexUpdate)));
            assertThat(new UpdateTable(tables, life, clock, new RootKeys(new FakeKeyService(), RootKeys.Scope.CALLER))
                            .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()))
                            .tableDescription())
                    .isPresent();
        }

        void expire() {
            var request = Operations.UPDATE_TIME_TO_LIVE.read(utf8("""
                    {"TableName": "orders", "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "v"}}"""));
            assertThat(new UpdateTimeToLive(tables, life, clock)
                            .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()))
                            .timeToLiveSpecification())
                    .isPresent();
        }

        void put(int number) {
            try (PinnedTable use = tables.use(REGION, "orders")) {
                Item item = Item.of(Map.of("pk", new Value.S("p" + number), "a", new Value.S("a" + number % 7)));
                assertThat(items.write(
                                        Caller.SERVER,
                                        new ItemWrite(
                                                use.table(), item, Action.PUT_ITEM, Set::of, _ -> Optional.of(item)))
                                .after())
                        .isPresent();
            }
        }
    }

    private static byte[] utf8(String text) {
        return Bytes.utf8(text).toArray();
    }

    private void pass(Duration time, Server... working) throws InterruptedException {
        for (Duration left = time; left.isPositive(); left = left.minus(TIMING.look())) {
            now = now.plus(TIMING.look());
            for (Server server : working) {
                server.work();
            }
        }
    }

    private static final String CREATE = """
            {"Create": {"IndexName": "by-a", "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
              "Projection": {"ProjectionType": "ALL"}}}""";
    private static final String DELETE = """
            {"Delete": {"IndexName": "by-a"}}""";

    private void begin() throws InterruptedException {
        fill();
        one.update(CREATE);
        passUntilHalf();
    }

    private void fill() throws InterruptedException {
        one.create();
        pass(Duration.ofSeconds(2), one, two);
        for (int number = 0; number < ITEMS; number++) {
            one.put(number);
        }
    }

    private void passUntilHalf() throws InterruptedException {
        while (jobs.active().isEmpty()
                || jobs.counters(jobs.active().getFirst()).items() < ITEMS / 2) {
            pass(TIMING.look(), one, two);
        }
    }

    private int entries() {
        TablespaceId place = one.orders().index("by-a").orElseThrow().tablespace();
        return store.sweep(HashRange.whole(place, Rows.ITEM), new Budget(10_000, 1 << 20), Consistency.STRONG)
                .rows()
                .size();
    }

    @Test
    void theBuildIsOneJobOfOneServer() throws Exception {
        begin();
        while (!one.isBuilt() || !two.isBuilt()) {
            pass(TIMING.look(), one, two);
        }
        assertThat(entries()).isEqualTo(ITEMS);
        pass(Duration.ofSeconds(3), one, two);
        assertThat(jobs.all()).hasSize(1);
        assertThat(jobs.all().getFirst().state()).isEqualTo(Job.State.COMPLETED);
        assertThat(jobs.all().getFirst().counters().items()).isEqualTo(ITEMS);
    }

    @Test
    void aServerThatDiesHandsTheBuildOver() throws Exception {
        begin();
        long before = jobs.counters(jobs.active().getFirst()).items();
        pass(Duration.ofMillis(300), one);
        boolean runByOne = jobs.counters(jobs.active().getFirst()).items() > before;
        Server survivor = runByOne ? two : one;
        long reached = jobs.counters(jobs.active().getFirst()).items();
        pass(Duration.ofSeconds(2), survivor);
        assertThat(jobs.counters(jobs.active().getFirst()).items())
                .as("nothing before the eviction")
                .isEqualTo(reached);
        pass(TIMING.evict().plusSeconds(10), survivor);

        assertThat(survivor.isBuilt()).isTrue();
        assertThat(entries()).isEqualTo(ITEMS);
        Job ended = jobs.all().getFirst();
        assertThat(ended.state()).isEqualTo(Job.State.COMPLETED);
        assertThat(ended.counters().items()).as("none is read again").isEqualTo(ITEMS);
    }

    @Test
    void deletingTheIndexCancelsTheBuild() throws Exception {
        begin();
        two.update(DELETE);
        pass(Duration.ofSeconds(5), one, two);
        assertThat(jobs.all()).hasSize(1);
        assertThat(jobs.all().getFirst().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(jobs.all().getFirst().reason()).contains("The index was deleted");
        assertThat(one.orders().indexes()).isEmpty();
        assertThat(two.orders().indexes()).isEmpty();
    }

    @Test
    void deletingTheTableCancelsTheBuild() throws Exception {
        fill();
        one.expire();
        passUntilHalf();
        var request = Operations.DELETE_TABLE.read(utf8("{\"TableName\": \"orders\"}"));
        assertThat(new DeleteTable(one.tables, one.life, clock)
                        .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()))
                        .tableDescription())
                .isPresent();
        pass(Duration.ofSeconds(5), one, two);
        assertThat(jobs.all().getFirst().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(jobs.all().getFirst().reason()).contains("The table was deleted");
        assertThat(one.tables.find(ORDERS)).isEmpty();
    }

    @Test
    void aWriteDuringTheBuildIsInTheIndex() throws Exception {
        begin();
        assertThat(List.of(one.isBuilt(), two.isBuilt())).containsOnly(false);
        one.put(1_000);
        two.put(1_001);
        while (!one.isBuilt()) {
            pass(TIMING.look(), one, two);
        }
        assertThat(entries()).isEqualTo(ITEMS + 2);
    }
}
