package io.gramme.tables.table;

import io.gramme.core.key.KeySchema;
import java.time.Instant;

/**
 * A stream that has ended: it was disabled, or its table was deleted. Its records remain readable until they are a day
 * old.
 *
 * @param table the table of the stream, by the name that it had
 * @param key of the table
 * @param log the log at the end of the stream
 * @param partitions of the table at that time: none is open, because no writer appends to their shards any more
 * @param until the highest version that the stream shows
 * @param ended when it ended
 */
public record PastStream(
        TableName table,
        KeySchema key,
        Settings.Stream stream,
        TableLog log,
        PartitionMap partitions,
        long until,
        Instant ended) {

    /** The ended stream of a table, once every writer knows that it ends. */
    static PastStream of(Table table, long version, Instant now) {
        return new PastStream(
                table.address(),
                table.key(),
                table.settings().stream().orElseThrow().with(Settings.Stream.Status.DISABLED),
                table.log().orElseThrow().closed(),
                table.partitions().closed(version),
                version,
                now);
    }
}
