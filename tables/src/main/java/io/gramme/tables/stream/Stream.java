package io.gramme.tables.stream;

import io.gramme.core.key.KeySchema;
import io.gramme.tables.log.LogView;
import io.gramme.tables.table.PastStream;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The part of a table's log that clients see: its changes from one moment on, and up to another once the stream is
 * disabled.
 *
 * @param key of the table
 * @param span the part of the table's log that it shows
 */
public record Stream(TableName table, KeySchema key, String label, Settings.View view, Status status, LogView span) {

    /** As the API names them. */
    public enum Status {
        ENABLING,
        ENABLED,
        DISABLING,
        DISABLED
    }

    /** The stream of a table, while it has not ended. */
    public static Optional<Stream> of(Table table) {
        return table.settings().stream()
                .filter(stream -> stream.status() != Settings.Stream.Status.DISABLED)
                .flatMap(stream -> table.log()
                        .map(log -> new Stream(
                                table.address(),
                                table.key(),
                                stream.label(),
                                stream.view(),
                                status(table, stream),
                                new LogView(log, table.partitions(), stream.since(), Optional.empty()))));
    }

    private static Status status(Table table, Settings.Stream stream) {
        return switch (stream.status()) {
            case ENABLED ->
                table.status() == Table.Status.ACTIVE || table.status().isLocked() ? Status.ENABLED : Status.ENABLING;
            case DISABLING -> Status.DISABLING;
            case DISABLED -> Status.DISABLED;
        };
    }

    public static Stream of(PastStream past) {
        return new Stream(
                past.table(),
                past.key(),
                past.stream().label(),
                past.stream().view(),
                Status.DISABLED,
                new LogView(past.log(), past.partitions(), past.stream().since(), Optional.of(past.until())));
    }

    public String arn() {
        return table.accountRegion().tableArn(table.name()) + "/stream/" + label;
    }

    /** Its shards, parents before their children. */
    public List<StreamShard> shards() {
        return span.shards().stream().map(shard -> StreamShard.of(span, shard)).toList();
    }
}
