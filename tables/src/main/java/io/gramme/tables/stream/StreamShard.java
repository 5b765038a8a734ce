package io.gramme.tables.stream;

import io.gramme.storage.VersionTime;
import io.gramme.tables.log.LogShard;
import io.gramme.tables.log.LogView;
import io.gramme.tables.table.TableLog;
import java.util.Optional;

/** A shard of a stream, with the ids by which clients know it and its parent. */
public record StreamShard(String id, Optional<String> parent, LogShard shard) {

    public static StreamShard of(LogView span, LogShard shard) {
        return new StreamShard(
                id(span.log(), shard.opened(), shard.number()),
                shard.parent().flatMap(number -> parent(span, number)),
                shard);
    }

    /**
     * The id of the parent, unless the parent was trimmed away. A parent that ended before the stream began is named,
     * too.
     */
    private static Optional<String> parent(LogView span, int number) {
        return span.partitions().all().stream()
                .filter(partition -> partition.id() == number)
                // Partitions that were split before there was a log had no shard.
                .filter(partition -> partition.until().isEmpty()
                        || partition.until().get() > span.log().since())
                .findFirst()
                .map(partition -> id(span.log(), span.shown(partition).opened(), number));
    }

    /**
     * The creation time of the shard, which begins the ids of the service, too, and a part that distinguishes shards of
     * the same time.
     */
    private static String id(TableLog log, long opened, int number) {
        long millis = VersionTime.timeOf(opened).toEpochMilli();
        int mixed = Long.hashCode(log.tablespace().number() * 0x9e3779b97f4a7c15L) ^ number;
        return "shardId-%020d-%08x".formatted(millis, mixed);
    }
}
