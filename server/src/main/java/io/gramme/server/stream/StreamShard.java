package io.gramme.server.stream;

import io.gramme.server.table.TableLog;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Partition;
import io.gramme.storage.VersionClock;
import java.util.Optional;

/**
 * One shard of a stream.
 *
 * @param place of its records
 * @param start all its records are behind
 * @param end behind all its records, if there will be no more
 */
public record StreamShard(
        String id, Optional<String> parent, int number, Partition place, LogPosition start, Optional<LogPosition> end) {

    static StreamShard of(Stream stream, TableLog.Shard shard) {
        Optional<Long> until = stream.until().isPresent() && shard.until().isPresent()
                ? Optional.of(Math.min(stream.until().get(), shard.until().get()))
                : stream.until().or(shard::until);
        return new StreamShard(
                id(stream, shard),
                shard.parent().flatMap(stream::shard).map(parent -> id(stream, parent)),
                shard.number(),
                stream.log().place(shard),
                LogPosition.behind(Math.max(stream.since(), shard.since())),
                until.map(LogPosition::behind));
    }

    /** The time of the shard's making, as the service's ids begin, and what tells it from others of that time. */
    private static String id(Stream stream, TableLog.Shard shard) {
        long millis = VersionClock.timeOf(shard.since()).toEpochMilli();
        int mixed = Long.hashCode(stream.log().store() * 0x9e3779b97f4a7c15L) ^ shard.number();
        return "shardId-%020d-%08x".formatted(millis, mixed);
    }
}
