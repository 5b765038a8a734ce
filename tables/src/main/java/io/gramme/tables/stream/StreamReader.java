package io.gramme.tables.stream;

import io.gramme.core.error.StreamErrors;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionTime;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.log.LogShard;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The reader of stream shards for clients, from any position that is not older than a day. */
public final class StreamReader {
    /** How long the service keeps records. */
    public static final Duration RETENTION = Duration.ofHours(24);

    /** Beyond this age a position is too old even for an iterator that was issued when it was not. */
    static final Duration REACH = RETENTION.plus(ShardIterator.VALID);

    private static final long MAX_BYTES = 1 << 20;

    private final RowStore store;
    private final Streams streams;
    private final InstantSource clock;

    public StreamReader(RowStore store, Streams streams, InstantSource clock) {
        this.store = store;
        this.streams = streams;
        this.clock = clock;
    }

    /** @param next where to read on, if the shard has or will have more */
    public record Entries(Stream stream, List<LogEntry> entries, Optional<ShardIterator> next) {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /** The point at which a client begins to read a shard. */
    public sealed interface Beginning {
        /** At the oldest record. */
        record Oldest() implements Beginning {}

        /** At the next record that is written. */
        record Newest() implements Beginning {}

        /** At the record with this sequence number. */
        record At(String number) implements Beginning {}

        /** Behind the record with this sequence number. */
        record After(String number) implements Beginning {}
    }

    public ShardIterator begin(AccountRegion accountRegion, String streamArn, String shardId, Beginning beginning) {
        Stream stream = streams.find(accountRegion, streamArn);
        streams.requireReadable(stream);
        LogShard shard = stream.shards().stream()
                .filter(one -> one.id().equals(shardId))
                .findFirst()
                .map(StreamShard::shard)
                .orElseThrow(() -> StreamErrors.shardNotFound(shardId, streamArn));
        Instant now = clock.instant();
        LogPosition after = switch (beginning) {
            case Beginning.Oldest() -> LogShard.later(shard.start(), horizon(now, RETENTION));
            case Beginning.Newest() ->
                LogShard.later(shard.start(), store.changes().latest());
            case Beginning.At(String number) -> inside(shard, SequenceNumber.before(SequenceNumber.parse(number)), now);
            case Beginning.After(String number) -> inside(shard, SequenceNumber.parse(number), now);
        };
        return new ShardIterator(streamArn, shard.number(), after, now);
    }

    private static LogPosition inside(LogShard shard, LogPosition after, Instant now) {
        requireKept(after, now);
        if (shard.end().filter(end -> after.compareTo(end) > 0).isPresent()) {
            throw StreamErrors.invalidSequenceNumber();
        }
        return LogShard.later(shard.start(), after);
    }

    /** Reads records by an iterator of {@code accountRegion}. */
    public Entries read(AccountRegion accountRegion, ShardIterator iterator, int limit) {
        Instant now = clock.instant();
        Stream stream = streams.find(accountRegion, iterator.streamArn());
        streams.requireReadable(stream);
        if (iterator.hasExpired(now)) {
            throw StreamErrors.expiredIterator();
        }
        LogShard shard = stream.span().shard(iterator.shard()).orElseThrow(StreamErrors::trimmed);
        requireKept(iterator.after(), now);

        LogShard.Reading reading = shard.read(store.changes(), iterator.after(), new Budget(limit, MAX_BYTES));
        return new Entries(
                stream,
                reading.records().stream().map(LogEntry::of).toList(),
                next(iterator, shard, reading.reached(), now));
    }

    private static Optional<ShardIterator> next(
            ShardIterator iterator, LogShard shard, LogPosition reached, Instant now) {
        if (shard.endsBy(reached)) {
            return Optional.empty();
        }
        return Optional.of(new ShardIterator(iterator.streamArn(), iterator.shard(), reached, now));
    }

    private static void requireKept(LogPosition after, Instant now) {
        if (after.compareTo(horizon(now, REACH)) < 0) {
            throw StreamErrors.trimmed();
        }
    }

    private static LogPosition horizon(Instant now, Duration age) {
        return LogPosition.behind(Math.max(0, VersionTime.versionAt(now.minus(age))));
    }
}
