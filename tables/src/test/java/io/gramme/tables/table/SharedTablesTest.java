package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.cluster.Membership;
import io.gramme.tables.cluster.Timing;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables that several servers have in common, in virtual time. */
class SharedTablesTest implements InstantSource {
    private static final Timing TIMING =
            new Timing(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(8));

    private final RowStore store = new MemoryStore(this);
    private Instant now = Samples.START;
    private int names;

    private final Server one = new Server();
    private final Server two = new Server();

    @Override
    public Instant instant() {
        return now;
    }

    private long nanoTime() {
        return Duration.between(Samples.START, now).toNanos();
    }

    private final class Server {
        final Membership membership =
                Membership.join(store, TIMING, SharedTablesTest.this::nanoTime, () -> "server-" + ++names);
        final Tables tables =
                new Tables(membership.fence(store), TableOptions.DEFAULT, SharedTablesTest.this, membership);
        final BackgroundJob.Pass life = membership.leased(
                "table-life",
                new TableLifecycle(tables, membership.fence(store), (table, index, _) -> tables.filled(table, index)));

        /** One round of everything it does in the background. */
        void work() throws InterruptedException {
            membership.run();
            membership.reloading().run();
            membership.run();
            life.run();
        }

        Table find(String name) {
            return tables.find(new TableName(Samples.REGION, name)).orElseThrow();
        }

        PinnedTable use(String name) {
            return tables.use(Samples.REGION, name);
        }
    }

    private void pass(Duration time, Server... working) throws InterruptedException {
        for (Duration left = time; left.isPositive(); left = left.minus(TIMING.look())) {
            now = now.plus(TIMING.look());
            for (Server server : working) {
                server.work();
            }
        }
    }

    private Table active(String name) throws InterruptedException {
        one.tables.create(Samples.table(one.tables, name));
        pass(Duration.ofSeconds(2), one, two);
        assertThat(one.find(name).status()).isEqualTo(Table.Status.ACTIVE);
        return one.find(name);
    }

    private static Table withIndex(Table before, Server server) {
        return before.withIndexes(
                        List.of(Samples.globalIndex("by-a", server.tables.newTablespace(), Optional.of(false))))
                .with(Table.Status.UPDATING, server.tables.now());
    }

    @Test
    void aTableMadeOnOneServerIsActiveWithinASecondAndUsableOnEach() throws Exception {
        one.tables.create(Samples.table(one.tables, "orders"));
        pass(Duration.ofSeconds(1), one, two);
        assertThat(one.find("orders").status()).isEqualTo(Table.Status.ACTIVE);
        assertThat(two.find("orders")).isEqualTo(one.find("orders"));
        two.use("orders").close();
    }

    @Test
    void aTableIsNotActiveBeforeEveryServerKnowsOfIt() throws Exception {
        one.tables.create(Samples.table(one.tables, "orders"));
        pass(Duration.ofSeconds(3), one);
        assertThat(one.find("orders").status()).isEqualTo(Table.Status.CREATING);
        pass(Duration.ofSeconds(1), two, one);
        assertThat(one.find("orders").status()).isEqualTo(Table.Status.ACTIVE);
    }

    @Test
    void whoeverDoesNotFindATableReadsAgain() throws Exception {
        one.tables.create(Samples.table(one.tables, "orders"));
        assertThat(two.tables.find(new TableName(Samples.REGION, "orders"))).isEmpty();
        assertThat(two.tables.describe(Samples.REGION, "orders").status()).isEqualTo(Table.Status.CREATING);
        assertThatThrownBy(() -> two.use("others")).isInstanceOf(ApiException.class);
    }

    @Test
    void anIndexIsNotFilledWhileAWriterOnAnotherServerKnowsNothingOfIt() throws Exception {
        Table table = active("orders");
        try (var use = two.use("orders")) {
            one.tables.change(table.address(), before -> withIndex(before, one));
            pass(Duration.ofSeconds(5), one, two);
            assertThat(use.table().indexes()).isEmpty();
            SecondaryIndex index = one.find("orders").index("by-a").orElseThrow();
            assertThat(index.maintenance()).as("still in its first step").isEqualTo(IndexMaintenance.DELETE_ONLY);
        }
        pass(Duration.ofSeconds(3), one, two);
        assertThat(one.find("orders").index("by-a").orElseThrow().status()).isEqualTo(SecondaryIndex.Status.ACTIVE);
        assertThat(two.find("orders")).isEqualTo(one.find("orders"));
    }

    @Test
    void aTableIsNotDroppedWhileAnotherServerReadsIt() throws Exception {
        Table table = active("orders");
        try (var _ = two.use("orders")) {
            one.tables.change(table.address(), before -> before.with(Table.Status.DELETING, one.tables.now()));
            pass(Duration.ofSeconds(5), one, two);
            assertThat(one.find("orders").status()).isEqualTo(Table.Status.DELETING);
            assertThatThrownBy(() -> two.use("orders")).isInstanceOf(ApiException.class);
        }
        pass(Duration.ofSeconds(3), one, two);
        assertThat(one.tables.find(table.address())).isEmpty();
        assertThat(two.tables.find(table.address())).isEmpty();
    }

    @Test
    void aServerThatDiesKeepsNothingWaitingForLong() throws Exception {
        Table table = active("orders");
        one.tables.change(table.address(), before -> withIndex(before, one));
        pass(TIMING.evict().plusSeconds(3), one);
        assertThat(one.find("orders").index("by-a").orElseThrow().status()).isEqualTo(SecondaryIndex.Status.ACTIVE);
    }

    @Test
    void whatADeadServerBeganIsGoneOnWith() throws Exception {
        pass(Duration.ofSeconds(1), two, one);
        two.tables.create(Samples.table(two.tables, "orders"));
        pass(TIMING.evict().plusSeconds(3), one);
        assertThat(one.find("orders").status()).isEqualTo(Table.Status.ACTIVE);
    }

    @Test
    void aServerThatComesBackKnowsWhatHasHappenedBeforeItServes() throws Exception {
        Table table = active("orders");
        one.tables.change(table.address(), before -> withIndex(before, one));
        pass(TIMING.evict().multipliedBy(2), one);
        assertThat(two.membership.isInTouch()).isFalse();
        assertThat(two.find("orders").indexes()).isEmpty();

        while (!two.membership.isInTouch()) {
            pass(TIMING.look(), two, one);
        }
        assertThat(two.find("orders")).isEqualTo(one.find("orders"));
    }

    @Test
    void aWriterThatSleptThroughItsServersDeathKeepsItFromServing() throws Exception {
        active("orders");
        try (var _ = two.use("orders")) {
            one.tables.change(one.find("orders").address(), before -> withIndex(before, one));
            pass(TIMING.evict().multipliedBy(2), one);
            pass(Duration.ofSeconds(5), two, one);
            assertThat(two.membership.isInTouch()).isFalse();
        }
        pass(Duration.ofSeconds(1), two, one);
        assertThat(two.membership.isInTouch()).isTrue();
    }

    @Test
    void ofTwoServersThatMakeOneTableOneFails() {
        one.tables.create(Samples.table(one.tables, "orders"));
        assertThatThrownBy(() -> two.tables.create(Samples.table(two.tables, "orders")))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void noTablespaceIsAllocatedTwice() {
        Set<TablespaceId> given = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(given.add(one.tables.newTablespace())).isTrue();
            assertThat(given.add(two.tables.newTablespace())).isTrue();
        }
    }

    @Test
    void whatIsCountedOnOneServerIsSeenOnTheOthers() throws Exception {
        Table table = active("orders");
        one.tables.statistics().record(table.tablespace(), table.partitions().at(0), 3, 30);
        two.tables.statistics().record(table.tablespace(), table.partitions().at(0), 4, 40);
        one.tables.statistics().run();
        two.tables.statistics().run();
        one.tables.statistics().run();
        assertThat(one.tables.statistics().of(table)).isEqualTo(new TableStatistics.Size(7, 70));
        assertThat(two.tables.statistics().of(table)).isEqualTo(new TableStatistics.Size(7, 70));
    }
}
