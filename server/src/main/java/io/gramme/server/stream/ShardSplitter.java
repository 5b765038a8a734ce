package io.gramme.server.stream;

import io.gramme.server.job.BackgroundJob;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableLifecycle;
import io.gramme.server.table.TableLog;
import io.gramme.server.table.Tables;
import java.time.Duration;

/**
 * The pass that splits shards of tables that have grown, as the service splits partitions, each of which holds a
 * limited amount of data. It splits one shard of a table at a time, the widest first.
 */
public final class ShardSplitter implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Tables tables;
    private final TableLifecycle life;
    private final long bytesOfShard;

    /** @param bytesOfShard the amount of table data for each shard */
    public ShardSplitter(Tables tables, TableLifecycle life, long bytesOfShard) {
        this.tables = tables;
        this.life = life;
        this.bytesOfShard = bytesOfShard;
    }

    @Override
    public Duration run() {
        for (Table table : tables.all()) {
            if (table.log().filter(log -> isDue(table, log)).isPresent()) {
                life.settle(tables.splitShard(table));
            }
        }
        return PERIOD;
    }

    private boolean isDue(Table table, TableLog log) {
        long held = tables.statistics().of(table).bytes();
        return table.status() == Table.Status.ACTIVE && !log.isPending() && held / bytesOfShard > log.openShards();
    }
}
