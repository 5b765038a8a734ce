package io.gramme.server.stream;

import io.gramme.core.key.KeySchema;
import io.gramme.server.table.PastStream;
import io.gramme.server.table.Settings;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableLog;
import io.gramme.server.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What clients see of a table's log: its changes from one moment on, and up to another once the stream is disabled.
 *
 * @param key of the table
 * @param since the version from which on it shows changes
 * @param until the last version that it shows, if it has ended
 */
public record Stream(
        TableName table,
        KeySchema key,
        String label,
        Settings.View view,
        Status status,
        TableLog log,
        long since,
        Optional<Long> until) {

    /** As the API names them. */
    public enum Status {
        ENABLING,
        ENABLED,
        DISABLING,
        DISABLED
    }

    /** The stream of a table, while it has not ended. */
    static Optional<Stream> of(Table table) {
        return table.settings().stream()
                .filter(stream -> stream.status() != Settings.Stream.Status.DISABLED)
                .flatMap(stream -> table.log()
                        .map(log -> new Stream(
                                table.address(),
                                table.key(),
                                stream.label(),
                                stream.view(),
                                status(table, stream),
                                log,
                                stream.since(),
                                Optional.empty())));
    }

    private static Status status(Table table, Settings.Stream stream) {
        return switch (stream.status()) {
            case ENABLED -> table.status() == Table.Status.ACTIVE ? Status.ENABLED : Status.ENABLING;
            case DISABLING -> Status.DISABLING;
            case DISABLED -> Status.DISABLED;
        };
    }

    static Stream of(PastStream past) {
        return new Stream(
                past.table(),
                past.key(),
                past.stream().label(),
                past.stream().view(),
                Status.DISABLED,
                past.log(),
                past.stream().since(),
                Optional.of(past.until()));
    }

    public String arn() {
        return table.world().tableArn(table.name()) + "/stream/" + label;
    }

    /** Its shards, parents before their children. */
    public List<StreamShard> shards() {
        return log.shards().stream()
                .filter(shard -> shard.until().isEmpty() || shard.until().get() > since)
                .filter(shard -> until.isEmpty() || shard.since() <= until.get())
                .map(shard -> StreamShard.of(this, shard))
                .toList();
    }

    Optional<TableLog.Shard> shard(int number) {
        return log.shards().stream().filter(shard -> shard.number() == number).findFirst();
    }
}
