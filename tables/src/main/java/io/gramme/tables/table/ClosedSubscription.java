package io.gramme.tables.table;

import java.time.Instant;

/**
 * A subscription that has ended, because its consumer cancelled it or its table was deleted. Its log records remain
 * readable until they are a day old.
 *
 * @param table the table of the subscription, by the name that it had
 * @param log the log at the end of the subscription
 * @param partitions of the table at that time: none is open, because no writer appends to their shards any more
 * @param until the highest version that was logged for it
 * @param ended when it ended
 */
public record ClosedSubscription(
        TableName table,
        String tableId,
        Subscription subscription,
        TableLog log,
        PartitionMap partitions,
        long until,
        Instant ended) {

    static ClosedSubscription of(Table table, Subscription subscription, long version, Instant now) {
        return new ClosedSubscription(
                table.address(),
                table.id(),
                // A subscription that never reached RUNNING promises no records.
                subscription.settled(version).ending(),
                table.log().orElseThrow().closed(),
                table.partitions().closed(version),
                version,
                now);
    }
}
