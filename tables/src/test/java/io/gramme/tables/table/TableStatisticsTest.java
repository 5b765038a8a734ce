package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.TableStatistics.Size;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TableStatisticsTest {
    private final Fixture fixture = new Fixture(Duration.ZERO);
    private final Table table = Samples.elaborate();
    private final SecondaryIndex local = table.index("local").orElseThrow();
    private final SecondaryIndex global = table.index("global").orElseThrow();

    @Test
    void tablesAndIndexesAreCountedApart() {
        TableStatistics statistics = new TableStatistics(fixture.store, false);

        statistics.record(table.tablespace(), table.partitions().at(0), 2, 100);
        statistics.record(table.tablespace(), table.partitions().at(0), -1, -30);
        statistics.recordLocal(table.tablespace(), 0, 1, 20);
        statistics.record(global.tablespace(), global.partitions().at(0), 1, 10);

        assertThat(statistics.of(table)).isEqualTo(new Size(1, 70));
        assertThat(statistics.of(table, local)).isEqualTo(new Size(1, 20));
        assertThat(statistics.of(table, global)).isEqualTo(new Size(1, 10));
    }

    @Test
    void whatAPassStoredOutlivesTheServer() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        statistics.record(table.tablespace(), table.partitions().at(0), 2, 100);
        statistics.run();
        statistics.record(table.tablespace(), table.partitions().at(0), 1, 10);
        statistics.run();
        statistics.record(table.tablespace(), table.partitions().at(0), 1, 1);

        TableStatistics later = new TableStatistics(fixture.store, false);

        assertThat(later.of(table)).isEqualTo(new Size(3, 110));
    }

    @Test
    void twoServersAddUp() throws Exception {
        TableStatistics one = new TableStatistics(fixture.store, false);
        TableStatistics other = new TableStatistics(fixture.store, false);
        one.record(table.tablespace(), table.partitions().at(0), 2, 20);
        other.record(table.tablespace(), table.partitions().at(0), 3, 30);
        one.run();
        other.run();
        one.run();

        assertThat(new TableStatistics(fixture.store, false).of(table)).isEqualTo(new Size(5, 50));
    }

    @Test
    void manyTablesAreStoredAndLoaded() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        LongStream.rangeClosed(1, 2_500)
                .forEach(number -> statistics.record(
                        new TablespaceId(number), table.partitions().at(0), number, 2 * number));
        statistics.run();

        TableStatistics later = new TableStatistics(fixture.store, false);

        assertThat(later.of(table)).isEqualTo(new Size(7, 14));
        assertThat(later.of(table, global)).isEqualTo(new Size(8, 16));
    }

    @Test
    void aTablespaceThatIsGoneIsForgotten() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        statistics.record(table.tablespace(), table.partitions().at(0), 2, 100);
        statistics.recordLocal(table.tablespace(), 0, 1, 20);
        statistics.run();

        statistics.forget(table.tablespace());
        statistics.run();

        assertThat(statistics.of(table)).isEqualTo(new Size(0, 0));
        assertThat(new TableStatistics(fixture.store, false).of(table, local)).isEqualTo(new Size(0, 0));
    }

    @Test
    void aPartitionHasWhatWasCountedInItAndItsShareOfWhatIsOlder() {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        Partition first = table.partitions().open().getFirst();
        Partition second = table.partitions().open().get(1);
        statistics.record(table.tablespace(), first, 10, 1_000);
        assertThat(statistics.of(table, first)).isEqualTo(new Size(10, 1_000));
        assertThat(statistics.of(table, second)).isEqualTo(new Size(0, 0));

        statistics.split(table.tablespace(), first, PartitionMap.NONE);
        assertThat(statistics.of(table, first)).as("without children").isEqualTo(new Size(10, 1_000));

        // A count of the whole table from before there were partitions.
        Partition unknown = Partition.open(99, 0, -1, Optional.empty(), 1);
        statistics.record(table.tablespace(), unknown, 40, 400);
        assertThat(statistics.of(table, first)).isEqualTo(new Size(18, 1_080));
        assertThat(statistics.of(table, second)).isEqualTo(new Size(8, 80));
    }

    @Test
    void aSplitDividesTheCountAndKeepsTheTotal() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        Partition parent = table.partitions().open().getFirst();
        statistics.record(table.tablespace(), parent, 11, 1_001);
        Table split = table.withPartitions(table.partitions().split(parent.id(), parent.middle(), 2));

        statistics.split(split.tablespace(), parent, split.partitions());
        statistics.run();

        var stored = new TableStatistics(fixture.store, false);
        assertThat(stored.of(split)).isEqualTo(new Size(11, 1_001));
        assertThat(split.partitions().open().stream()
                        .filter(one -> one.parent().equals(Optional.of(parent.id())))
                        .map(one -> stored.of(split, one)))
                .containsExactlyInAnyOrder(new Size(5, 500), new Size(6, 501));
    }

    @Test
    void aSplitDividesTheCountByTheNumbersOfHashes() {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        Partition parent = table.partitions().open().getFirst();
        statistics.record(table.tablespace(), parent, 1_000, 100_000);
        Table split = table.withPartitions(table.partitions().split(parent.id(), parent.last() - 1, 2));

        statistics.split(split.tablespace(), parent, split.partitions());

        assertThat(statistics.of(split, split.partitions().at(parent.first()))).isEqualTo(new Size(1_000, 100_000));
        assertThat(statistics.of(split, split.partitions().at(parent.last()))).isEqualTo(new Size(0, 0));
    }
}
