package io.gramme.server.table;

import io.gramme.core.key.KeySchema;
import java.time.Instant;

/**
 * A stream that nothing is recorded for any more: it was disabled, or its table is gone. Its records are read until they
 * are a day old.
 *
 * @param table whose it was, by the name that table had
 * @param key of the table
 * @param log as it was when the stream ended: no shard of it is open
 * @param until the highest version that the stream shows
 * @param ended when
 */
public record PastStream(
        TableName table, KeySchema key, Settings.Stream stream, TableLog log, long until, Instant ended) {

    /** The stream of a table as it ends, when every writer knows that it does. */
    static PastStream of(Table table, long version, Instant now) {
        return new PastStream(
                table.address(),
                table.key(),
                table.settings().stream().orElseThrow().with(Settings.Stream.Status.DISABLED),
                table.log().orElseThrow().closed(version),
                version,
                now);
    }
}
