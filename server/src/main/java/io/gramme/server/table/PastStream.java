package io.gramme.server.table;

import io.gramme.core.key.KeySchema;
import java.time.Instant;

/**
 * A stream that has ended: it was disabled, or its table was deleted. Its records remain readable until they are a day
 * old.
 *
 * @param table the table of the stream, by the name that it had
 * @param key of the table
 * @param log the log at the end of the stream: none of its shards is open
 * @param until the highest version that the stream shows
 * @param ended when it ended
 */
public record PastStream(
        TableName table, KeySchema key, Settings.Stream stream, TableLog log, long until, Instant ended) {

    /** The ended stream of a table, once every writer knows that it ends. */
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
