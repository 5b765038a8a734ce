package io.gramme.server.table;

import java.time.Instant;

/**
 * A following that has ended, because it was given up or its table is gone. What was logged for it can be read until it is
 * a day old.
 *
 * @param table which it followed, by the name that table had
 * @param log as it was when the following ended: no shard of it is open
 * @param until the highest version that was logged for it
 * @param ended when
 */
public record ClosedSubscription(
        TableName table, String tableId, Subscription following, TableLog log, long until, Instant ended) {

    static ClosedSubscription of(Table table, Subscription following, long version, Instant now) {
        return new ClosedSubscription(
                table.address(),
                table.id(),
                // Of one that never came to run nothing was promised.
                following.settled(version).ending(),
                table.log().orElseThrow().closed(version),
                version,
                now);
    }
}
