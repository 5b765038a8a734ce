package io.gramme.server.log;

import io.gramme.server.table.TableLog;
import io.gramme.storage.LogPosition;
import java.util.List;
import java.util.Optional;

/**
 * The part of a table's log that one reader sees: a stream or another subscription.
 *
 * @param since the first version whose changes are visible
 * @param until the last visible version, if there will be no more
 */
public record LogView(TableLog log, long since, Optional<Long> until) {

    /** Its shards, parents before their children. */
    public List<LogShard> shards() {
        return log.shards().stream()
                .filter(shard -> shard.until().isEmpty() || shard.until().get() > since)
                .filter(shard -> until.isEmpty() || shard.since() <= until.get())
                .map(this::shown)
                .toList();
    }

    public Optional<LogShard> shard(int number) {
        return shards().stream().filter(shard -> shard.number() == number).findFirst();
    }

    private LogShard shown(TableLog.Shard shard) {
        Optional<Long> end = until.isPresent() && shard.until().isPresent()
                ? Optional.of(Math.min(until.get(), shard.until().get()))
                : until.or(shard::until);
        return new LogShard(
                shard.number(),
                shard.parent(),
                shard.since(),
                log.place(shard),
                LogPosition.behind(Math.max(since, shard.since())),
                end.map(LogPosition::behind));
    }
}
