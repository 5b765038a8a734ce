package io.gramme.tables.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.Fixture;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Servers of one store tell each other what their partitions serve. */
class SharedHeatTest {
    private final Fixture fixture = new Fixture(Duration.ZERO);
    private final Tables tables = fixture.start();
    private final Table table = tables.create(Samples.table(tables, "shared"));
    private final Partition partition = table.partitions().at(0);
    private long nanoTime = 1_000_000_000_000L;

    /** One server. */
    private final class Node {
        private final Meters meters =
                Meters.alone(ThroughputMode.AWS, Optional.empty(), () -> nanoTime, fixture::millis);
        private final LocalHeat local = new LocalHeat(meters, tables, () -> nanoTime);
        private final SharedHeat heat;

        Node(long id) {
            heat = new SharedHeat(fixture.store, local, id, () -> nanoTime);
        }

        void read(long hash, int units) {
            meters.charge()
                    .payRead(
                            new ReadTarget(table, Optional.empty()),
                            hash,
                            units * 4_096L,
                            Consistency.STRONG,
                            Factor.PLAIN);
        }

        Rate known() {
            return heat.of(table.tablespace()).of(partition).use().tenSeconds();
        }
    }

    private final List<Node> nodes = new ArrayList<>(List.of(new Node(1), new Node(-2), new Node(3)));

    private void pass(int seconds, Runnable load) {
        for (int second = 0; second < seconds; second++) {
            load.run();
            nanoTime += Duration.ofSeconds(1).toNanos();
            nodes.forEach(node -> node.local.run());
            if (second % 10 == 9) {
                nodes.forEach(node -> node.heat.run());
                nodes.forEach(node -> node.heat.run());
            }
        }
    }

    private void load() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).read(i, 1_000 + 100 * i);
        }
    }

    @Test
    void eachServerKnowsTheSumAndTheHottestKeysOfAll() {
        pass(60, this::load);
        for (Node node : nodes) {
            assertThat(node.known().reads()).isCloseTo(3_300, within(1.0));
            List<KeyHeat.Key> hottest =
                    node.heat.of(table.tablespace()).of(partition).keys().hottest(5);
            assertThat(hottest).extracting(KeyHeat.Key::hash).containsExactly(2L, 1L, 0L);
            assertThat(hottest.getFirst().share()).isCloseTo(1_200 / 3_300.0, within(0.01));
            assertThat(node.heat.of(table.tablespace()).peak().reads()).isBetween(3_299.0, 3_301.0);
        }
    }

    @Test
    void aServerThatStoppedCountsNoMoreAndItsReportsAreDeletedLater() {
        pass(60, this::load);
        nodes.removeLast();
        pass(30, this::load);
        assertThat(nodes.getFirst().known().reads()).as("may only be late").isCloseTo(3_300, within(1.0));
        pass(20, this::load);
        assertThat(nodes.getFirst().known().reads()).isCloseTo(2_100, within(1.0));
        assertThat(stored()).isEqualTo(3);
        pass(620, this::load);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void whatIsIdleIsNotReported() {
        pass(20, this::load);
        assertThat(stored()).isEqualTo(3);
        pass(80, () -> {});
        assertThat(stored()).isZero();
        assertThat(nodes.getFirst().known()).isEqualTo(Rate.NONE);
        pass(20, () -> nodes.getFirst().read(0, 2));
        assertThat(stored()).isZero();
    }

    @Test
    void aReportIsReadAsItWasWrittenWithinItsBounds() {
        pass(60, this::load);
        TableHeat heat = nodes.getFirst().local.of(table.tablespace());
        HeatCodec.Report read = HeatCodec.decode(HeatCodec.encode(new HeatCodec.Report(7, heat)))
                .orElseThrow();
        assertThat(read.number()).isEqualTo(7);
        assertThat(read.heat().use()).isEqualTo(heat.use());
        assertThat(read.heat().peak()).isEqualTo(heat.peak());
        assertThat(read.heat().of(partition).use()).isEqualTo(heat.of(partition).use());
        assertThat(read.heat().of(partition).keys().hottest(9))
                .extracting(KeyHeat.Key::hash)
                .containsExactly(0L);
        assertThat(HeatCodec.decode(Bytes.of(99))).isEmpty();
        assertThat(HeatCodec.decode(Bytes.EMPTY)).isEmpty();
    }

    private int stored() {
        var rows = new ArrayList<Row>();
        AllRows.scan(
                fixture.store,
                new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("heat")),
                Range.startingWith(Bytes.of(1)),
                rows::add);
        return rows.size();
    }
}
