package io.gramme.tables.log;

import io.gramme.storage.LogPosition;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.TableLog;
import java.util.List;
import java.util.Optional;

/**
 * The part of a table's log that one reader sees: a stream or another subscription.
 *
 * @param partitions of the table: each has a shard
 * @param since the first version whose changes are visible
 * @param until the last visible version, if there will be no more
 */
public record LogView(TableLog log, PartitionMap partitions, long since, Optional<Long> until) {

    /** Its shards, parents before their children. */
    public List<LogShard> shards() {
        long first = Math.max(since, log.since());
        return partitions.all().stream()
                .filter(partition ->
                        partition.until().isEmpty() || partition.until().get() > first)
                .filter(partition -> until.isEmpty() || partition.since() <= until.get())
                .map(this::shown)
                .toList();
    }

    public Optional<LogShard> shard(int number) {
        return shards().stream().filter(shard -> shard.number() == number).findFirst();
    }

    /** The shard of a partition, which may have ended before the reader's part begins. */
    public LogShard shown(Partition partition) {
        Optional<Long> end = until.isPresent() && partition.until().isPresent()
                ? Optional.of(Math.min(until.get(), partition.until().get()))
                : until.or(partition::until);
        long opened = Math.max(log.since(), partition.since());
        return new LogShard(
                partition.id(),
                partition.parent(),
                opened,
                log.place(partition),
                LogPosition.behind(Math.max(since, opened)),
                end.map(LogPosition::behind));
    }
}
