package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableLifecycleTest {
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final Fixture fixture = new Fixture(DELAY);
    private final List<OnlineIndex> fills = new ArrayList<>();
    private Tables tables = fixture.start();
    private TableLifecycle life = new TableLifecycle(tables, fixture.store, this::fill);

    /** Fills an index while a client waits; otherwise it takes until the fourth look at it. */
    private void fill(Table table, OnlineIndex index, Duration patience) {
        fills.add(index);
        if (patience.isPositive() || fills.size() > 3) {
            tables.filled(table, index);
        }
    }

    private void restart() {
        tables = fixture.start();
        life = new TableLifecycle(tables, fixture.store, this::fill);
    }

    @Test
    void aNewTableIsActiveWhenTheDelayIsOver() {
        Table table = tables.create(Samples.table(tables, "orders"));

        assertThat(life.run()).isEqualTo(DELAY);
        assertThat(status(table)).isEqualTo(Table.Status.CREATING);
        fixture.pass(DELAY);
        life.run();

        assertThat(status(table)).isEqualTo(Table.Status.ACTIVE);
    }

    @Test
    void theIndexesOfANewTableAreActiveWithIt() {
        Table table = tables.create(Samples.table(tables, "orders")
                .withIndexes(List.of(Samples.globalIndex("by-a", tables.newTablespace(), Optional.empty()))));
        fixture.pass(DELAY);
        life.run();

        SecondaryIndex index = index(table, "by-a").orElseThrow();
        assertThat(index.status()).isEqualTo(SecondaryIndex.Status.ACTIVE);
        assertThat(index.backfilling()).isEmpty();
        assertThat(fills).isEmpty();
    }

    @Test
    void anUpdateComesToPassWhenTheDelayIsOver() {
        Table table = active("orders");
        var throughput = new Throughput(7, 4);
        tables.change(
                table.address(),
                before -> before.with(Table.Status.UPDATING, tables.now())
                        .with(
                                Billing.PROVISIONED,
                                Capacity.provisioned(new Throughput(5, 5)).withNext(throughput)));
        life.run();
        assertThat(find(table).capacity().throughput()).isEqualTo(new Throughput(5, 5));

        fixture.pass(DELAY);
        life.run();

        assertThat(find(table).status()).isEqualTo(Table.Status.ACTIVE);
        assertThat(find(table).capacity().throughput()).isEqualTo(throughput);
        assertThat(find(table).capacity().next()).isEmpty();
        assertThat(find(table).capacity().increased()).contains(fixture.instant());
        assertThat(find(table).capacity().decreases()).containsExactly(fixture.instant());
        assertThat(find(table).capacity().warm()).isEqualTo(new Throughput(7, 5));
    }

    @Test
    void aDeletedTableAndItsRowsAreGoneWhenTheDelayIsOver() {
        Table table = withIndex(active("orders"), Optional.empty());
        settle();
        SecondaryIndex index = index(table, "by-a").orElseThrow();
        putRow(table.tablespace());
        putRow(index.tablespace());
        tables.statistics().record(table.tablespace(), table.partitions().at(0), 1, 10);
        tables.change(table.address(), before -> before.with(Table.Status.DELETING, tables.now()));

        life.run();
        assertThat(status(table)).isEqualTo(Table.Status.DELETING);
        fixture.pass(DELAY);
        life.run();

        assertThat(tables.find(table.address())).isEmpty();
        assertThat(fixture.start().find(table.address())).isEmpty();
        assertThat(hasRow(table.tablespace())).isFalse();
        assertThat(hasRow(index.tablespace())).isFalse();
        assertThat(tables.statistics().of(table).items()).isZero();
    }

    @Test
    void aTableInUseIsNotDropped() {
        Table table = active("orders");
        putRow(table.tablespace());
        PinnedTable use = tables.use(Samples.REGION, "orders");
        tables.change(table.address(), before -> before.with(Table.Status.DELETING, tables.now()));
        fixture.pass(DELAY);

        life.run();
        assertThat(hasRow(table.tablespace())).isTrue();
        use.close();
        life.run();

        assertThat(hasRow(table.tablespace())).isFalse();
        assertThat(tables.find(table.address())).isEmpty();
    }

    @Test
    void aNewIndexIsReadableWhenItIsFilled() {
        Table table = withIndex(active("orders"), Optional.of(false));
        fixture.pass(DELAY);

        life.run();
        assertThat(status(table)).isEqualTo(Table.Status.ACTIVE);
        assertThat(index(table, "by-a").orElseThrow().backfilling()).contains(true);
        assertThat(fills).isEmpty();
        life.run();
        life.run();
        life.run();
        assertThat(index(table, "by-a").orElseThrow().isReadable()).isFalse();
        life.run();

        SecondaryIndex index = index(table, "by-a").orElseThrow();
        assertThat(index.status()).isEqualTo(SecondaryIndex.Status.ACTIVE);
        assertThat(index.backfilling()).isEmpty();
        assertThat(fills).hasSize(4);
    }

    @Test
    void aNewIndexIsNotFilledWhileAWriterDoesNotKnowIt() {
        active("orders");
        PinnedTable writer = tables.use(Samples.REGION, "orders");
        Table table = withIndex(writer.table(), Optional.of(false));
        fixture.pass(DELAY);

        life.run();
        assertThat(index(table, "by-a").orElseThrow().backfilling()).contains(false);
        assertThat(status(table)).isEqualTo(Table.Status.UPDATING);
        writer.close();
        life.run();

        assertThat(index(table, "by-a").orElseThrow().backfilling()).contains(true);
    }

    @Test
    void aNewIndexIsNotFilledWhileAWriterDoesNotKeepIt() {
        Table table = withIndex(active("orders"), Optional.of(false));
        fixture.pass(DELAY);
        PinnedTable clearing = tables.use(Samples.REGION, "orders");
        life.run();
        PinnedTable keeping = tables.use(Samples.REGION, "orders");
        assertThat(maintenance(clearing)).isEqualTo(IndexMaintenance.DELETE_ONLY);
        assertThat(maintenance(keeping)).isEqualTo(IndexMaintenance.MAINTAIN);

        life.run();
        assertThat(fills).isEmpty();
        clearing.close();
        life.run();

        assertThat(fills).hasSize(1);
        assertThat(index(table, "by-a").orElseThrow().isReadable()).isFalse();
        keeping.close();
    }

    private static IndexMaintenance maintenance(PinnedTable use) {
        return use.table().index("by-a").orElseThrow().maintenance();
    }

    @Test
    void fillingGoesOnAfterARestart() {
        Table table = withIndex(active("orders"), Optional.of(false));
        fixture.pass(DELAY);
        life.run();
        life.run();
        assertThat(fills).hasSize(1);

        restart();
        life.run();

        assertThat(fills).hasSize(2).last().isEqualTo(index(table, "by-a").orElseThrow());
    }

    @Test
    void theFillOfALargeTableIsLookedAtNowAndThen() {
        withIndex(active("orders"), Optional.of(false));
        fixture.pass(DELAY);
        life.run();

        assertThat(life.run()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void fillingGoesOnWhileTheTableIsUpdated() {
        Table table = withIndex(active("orders"), Optional.of(false));
        fixture.pass(DELAY);
        life.run();
        tables.change(table.address(), before -> before.with(Table.Status.UPDATING, tables.now()));

        life.run();

        assertThat(fills).hasSize(1);
        assertThat(status(table)).isEqualTo(Table.Status.UPDATING);
    }

    @Test
    void anIndexThatIsGivenUpIsGoneWithItsRowsAndDefinitions() {
        Table table = withIndex(active("orders"), Optional.of(false));
        fixture.pass(DELAY);
        life.run();
        life.run();
        SecondaryIndex index = index(table, "by-a").orElseThrow();
        putRow(index.tablespace());
        giveUp(table);
        life.run();
        assertThat(index(table, "by-a")).isPresent();
        PinnedTable reader = tables.use(Samples.REGION, "orders");
        fixture.pass(DELAY);

        life.run();

        // The reader came after the index was given up, and does not look at it.
        assertThat(index(table, "by-a")).isEmpty();
        assertThat(find(table).status()).isEqualTo(Table.Status.ACTIVE);
        assertThat(find(table).definitions()).containsExactly(Samples.PK, Samples.SK);
        assertThat(hasRow(index.tablespace())).isFalse();
        reader.close();
    }

    @Test
    void anIndexInUseIsNotDropped() {
        Table table = withIndex(active("orders"), Optional.empty());
        settle();
        SecondaryIndex index = index(table, "by-a").orElseThrow();
        putRow(index.tablespace());
        PinnedTable reader = tables.use(Samples.REGION, "orders");
        giveUp(table);
        fixture.pass(DELAY);

        life.run();
        assertThat(hasRow(index.tablespace())).isTrue();
        reader.close();
        life.run();

        assertThat(hasRow(index.tablespace())).isFalse();
        assertThat(index(table, "by-a")).isEmpty();
    }

    @Test
    void everyStatusGoesOnAfterARestart() {
        Table created = tables.create(Samples.table(tables, "created"));
        Table updated = active("updated");
        Table deleted = active("deleted");
        Table indexed = active("indexed");
        Table unindexed = active("unindexed");
        tables.change(updated.address(), before -> before.with(Table.Status.UPDATING, tables.now()));
        tables.change(deleted.address(), before -> before.with(Table.Status.DELETING, tables.now()));
        withIndex(indexed, Optional.of(false));
        withIndex(unindexed, Optional.of(true));
        giveUp(unindexed);

        restart();
        fixture.pass(DELAY);
        settle();

        assertThat(status(created)).isEqualTo(Table.Status.ACTIVE);
        assertThat(status(updated)).isEqualTo(Table.Status.ACTIVE);
        assertThat(tables.find(deleted.address())).isEmpty();
        assertThat(index(indexed, "by-a").orElseThrow().isReadable()).isTrue();
        assertThat(index(unindexed, "by-a")).isEmpty();
        assertThat(status(unindexed)).isEqualTo(Table.Status.ACTIVE);
    }

    @Test
    void withoutADelayAClientFindsItsTableSettled() {
        var quick = new Fixture(Duration.ZERO);
        tables = quick.start();
        life = new TableLifecycle(tables, quick.store, this::fill);

        Table created = tables.create(Samples.table(tables, "orders"));
        life.settle(created);
        assertThat(status(created)).isEqualTo(Table.Status.ACTIVE);
        Table indexed = withIndex(find(created), Optional.of(false));
        life.settle(indexed);
        assertThat(index(created, "by-a").orElseThrow().isReadable()).isTrue();
        Table deleted = tables.change(created.address(), before -> before.with(Table.Status.DELETING, tables.now()));
        life.settle(deleted);
        assertThat(tables.find(created.address())).isEmpty();
    }

    @Test
    void aChangeWakesTheJob() {
        var woken = new ArrayList<String>();
        life.wakeBy(() -> woken.add("once"));

        life.settle(tables.create(Samples.table(tables, "orders")));

        assertThat(woken).containsExactly("once");
        assertThat(status(tables.all().getFirst())).isEqualTo(Table.Status.CREATING);
    }

    private Table active(String name) {
        Table table = tables.create(Samples.table(tables, name));
        return tables.change(table.address(), before -> before.settled(tables.now(), 0));
    }

    private Table withIndex(Table table, Optional<Boolean> backfilling) {
        SecondaryIndex index = Samples.globalIndex("by-a", tables.newTablespace(), backfilling);
        return tables.change(
                table.address(),
                before -> before.with(Table.Status.UPDATING, tables.now())
                        .withDefinitions(List.of(Samples.PK, Samples.SK, Samples.A))
                        .withIndexes(List.of(index)));
    }

    private void giveUp(Table table) {
        tables.change(
                table.address(),
                before -> before.with(Table.Status.UPDATING, tables.now())
                        .mapIndexes(index -> index.with(SecondaryIndex.Status.DELETING)));
    }

    private void settle() {
        fixture.pass(DELAY);
        for (int i = 0; i < 10; i++) {
            life.run();
        }
    }

    private Table find(Table table) {
        return tables.find(table.address()).orElseThrow();
    }

    private Table.Status status(Table table) {
        return find(table).status();
    }

    private Optional<SecondaryIndex> index(Table table, String name) {
        return find(table).index(name);
    }

    private void putRow(TablespaceId tablespace) {
        var key = new RowKey(new PartitionKey(tablespace, Bytes.of(7)), Bytes.of(1));
        fixture.store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, Bytes.EMPTY)), true));
    }

    private boolean hasRow(TablespaceId tablespace) {
        return !fixture.store
                .scan(
                        new PartitionKey(tablespace, Bytes.of(7)),
                        new Range(Bytes.EMPTY, Optional.empty()),
                        Direction.FORWARD,
                        new Budget(1, 1),
                        Consistency.STRONG)
                .rows()
                .isEmpty();
    }
}
