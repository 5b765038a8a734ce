package io.gramme.server.stream;

import io.gramme.server.log.LogShard;
import io.gramme.server.log.LogView;
import io.gramme.server.table.TableLog;
import io.gramme.storage.VersionClock;
import java.util.Optional;

/** One shard of a stream, with the names that clients know it and its parent by. */
public record StreamShard(String id, Optional<String> parent, LogShard shard) {

    public static StreamShard of(LogView span, LogShard shard) {
        return new StreamShard(
                id(span.log(), shard.opened(), shard.number()),
                shard.parent().flatMap(number -> parent(span.log(), number)),
                shard);
    }

    /** The parent's, unless it has been forgotten. A shard that ended before the stream began is named all the same. */
    private static Optional<String> parent(TableLog log, int number) {
        return log.shards().stream()
                .filter(shard -> shard.number() == number)
                .findFirst()
                .map(shard -> id(log, shard.since(), number));
    }

    /** The time of the shard's making, as the service's ids begin, and what tells it from others of that time. */
    private static String id(TableLog log, long opened, int number) {
        long millis = VersionClock.timeOf(opened).toEpochMilli();
        int mixed = Long.hashCode(log.store() * 0x9e3779b97f4a7c15L) ^ number;
        return "shardId-%020d-%08x".formatted(millis, mixed);
    }
}
