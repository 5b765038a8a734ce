package io.gramme.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.TablespaceId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first shards of a log, by the partitions of its table. */
class TableLogTest {
    private static final TablespaceId LOG = new TablespaceId(9);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 40, 64})
    void theFirstShardsShareAllHashes(int partitions) {
        TableLog log = TableLog.create(LOG, TableLog.Images.BOTH, 1, partitions);

        assertThat(log.shards()).hasSize(partitions);
        assertThat(log.shards().getFirst().first()).isZero();
        assertThat(log.shards().getLast().last()).isEqualTo(-1L);
        for (int i = 1; i < partitions; i++) {
            assertThat(log.shards().get(i).first())
                    .isEqualTo(log.shards().get(i - 1).last() + 1);
        }
        var random = new Random(partitions);
        for (int i = 0; i < 1_000; i++) {
            assertThat(log.place(random.nextLong()).tablespace()).isEqualTo(LOG);
        }
    }

    @Test
    void thereIsAFirstShardAndThereAreNoMoreThanSixtyFour() {
        assertThat(TableLog.create(LOG, TableLog.Images.BOTH, 1, 0).shards()).hasSize(1);
        assertThat(TableLog.create(LOG, TableLog.Images.BOTH, 1, Integer.MAX_VALUE)
                        .shards())
                .hasSize(64);
    }

    @Test
    void throughputNeedsAsManyPartitionsAsItsLargerPart() {
        assertThat(Throughput.ON_DEMAND.partitions()).isEqualTo(1);
        assertThat(Throughput.INITIAL_ON_DEMAND.partitions()).isEqualTo(4);
        assertThat(new Throughput(3_001, 5).partitions()).isEqualTo(2);
        assertThat(new Throughput(Long.MAX_VALUE, 1).partitions()).isEqualTo(Integer.MAX_VALUE);
    }
}
