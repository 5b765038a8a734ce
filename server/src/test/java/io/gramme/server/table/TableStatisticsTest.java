package io.gramme.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.table.TableStatistics.Size;
import io.gramme.storage.TablespaceId;
import java.time.Duration;
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

        statistics.record(table.tablespace(), 2, 100);
        statistics.record(table.tablespace(), -1, -30);
        statistics.recordLocal(table.tablespace(), 0, 1, 20);
        statistics.record(global.tablespace(), 1, 10);

        assertThat(statistics.of(table)).isEqualTo(new Size(1, 70));
        assertThat(statistics.of(table, local)).isEqualTo(new Size(1, 20));
        assertThat(statistics.of(table, global)).isEqualTo(new Size(1, 10));
    }

    @Test
    void whatAPassStoredOutlivesTheServer() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        statistics.record(table.tablespace(), 2, 100);
        statistics.run();
        statistics.record(table.tablespace(), 1, 10);
        statistics.run();
        statistics.record(table.tablespace(), 1, 1);

        TableStatistics later = new TableStatistics(fixture.store, false);

        assertThat(later.of(table)).isEqualTo(new Size(3, 110));
    }

    @Test
    void twoServersAddUp() throws Exception {
        TableStatistics one = new TableStatistics(fixture.store, false);
        TableStatistics other = new TableStatistics(fixture.store, false);
        one.record(table.tablespace(), 2, 20);
        other.record(table.tablespace(), 3, 30);
        one.run();
        other.run();
        one.run();

        assertThat(new TableStatistics(fixture.store, false).of(table)).isEqualTo(new Size(5, 50));
    }

    @Test
    void manyTablesAreStoredAndLoaded() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        LongStream.rangeClosed(1, 2_500)
                .forEach(number -> statistics.record(new TablespaceId(number), number, 2 * number));
        statistics.run();

        TableStatistics later = new TableStatistics(fixture.store, false);

        assertThat(later.of(table)).isEqualTo(new Size(7, 14));
        assertThat(later.of(table, global)).isEqualTo(new Size(8, 16));
    }

    @Test
    void aTablespaceThatIsGoneIsForgotten() throws Exception {
        TableStatistics statistics = new TableStatistics(fixture.store, false);
        statistics.record(table.tablespace(), 2, 100);
        statistics.recordLocal(table.tablespace(), 0, 1, 20);
        statistics.run();

        statistics.forget(table.tablespace());
        statistics.run();

        assertThat(statistics.of(table)).isEqualTo(new Size(0, 0));
        assertThat(new TableStatistics(fixture.store, false).of(table, local)).isEqualTo(new Size(0, 0));
    }
}
