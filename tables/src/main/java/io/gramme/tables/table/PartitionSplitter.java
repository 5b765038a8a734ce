package io.gramme.tables.table;

import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.TableStatistics.Size;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pass that splits partitions: those that hold more than a limited amount of data, as the service does, and the
 * widest of a table or index that has fewer than its throughput needs. It is the only one that decides on splits. Each
 * round splits one partition of a table at most.
 */
public final class PartitionSplitter implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Tables tables;
    private final TableLifecycle life;
    private final long mostBytes;

    /** @param mostBytes the amount of data beyond which a partition is split */
    public PartitionSplitter(Tables tables, TableLifecycle life, long mostBytes) {
        this.tables = tables;
        this.life = life;
        this.mostBytes = mostBytes;
    }

    @Override
    public Duration run() {
        for (Table table : tables.all()) {
            if (table.status() == Table.Status.ACTIVE && !table.isPending()) {
                splitOne(table).ifPresent(life::settle);
            }
        }
        return PERIOD;
    }

    private Optional<Table> splitOne(Table table) {
        TableStatistics statistics = tables.statistics();
        Optional<Partition> due = due(table.partitions(), table.capacity(), one -> statistics.of(table, one));
        if (due.isPresent()) {
            Table after = tables.split(table, due.get());
            statistics.split(table.tablespace(), due.get(), after.partitions());
            return Optional.of(after);
        }
        for (SecondaryIndex index : table.globalIndexes()) {
            Optional<Partition> ofIndex = due(index.partitions(), index.capacity(), one -> statistics.of(index, one));
            if (index.isReadable() && ofIndex.isPresent()) {
                Table after = tables.split(table, index, ofIndex.get());
                after.index(index.name())
                        .ifPresent(now -> statistics.split(index.tablespace(), ofIndex.get(), now.partitions()));
                return Optional.of(after);
            }
        }
        return Optional.empty();
    }

    private Optional<Partition> due(PartitionMap map, Capacity capacity, Function<Partition, Size> sizes) {
        Optional<Partition> large = map.open().stream()
                .filter(partition -> map.canSplit(partition.id()))
                .filter(partition -> sizes.apply(partition).bytes() > mostBytes)
                .max(Comparator.comparingLong(
                        partition -> sizes.apply(partition).bytes()));
        if (large.isPresent()) {
            return large;
        }
        return map.open().size() < PartitionMap.partitionsFor(capacity.warm())
                ? Optional.of(map.widest())
                : Optional.empty();
    }
}
