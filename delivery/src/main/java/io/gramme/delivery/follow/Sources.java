package io.gramme.delivery.follow;

import io.gramme.tables.log.LogView;
import io.gramme.tables.stream.Stream;
import io.gramme.tables.table.ClosedSubscription;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** The logs that consumers can read. */
public final class Sources {
    private Sources() {}

    /** The log of a {@linkplain Tables#subscribe subscription} of a table; after its end, what is left of it. */
    public static Source subscription(Tables tables, TableName name, String tableId, String follower) {
        return () -> tables.find(name)
                .filter(table -> table.id().equals(tableId))
                .flatMap(table -> running(table, follower))
                .or(() -> tables.closedSubscriptions().find(tableId, follower).map(Sources::past));
    }

    private static LogView past(ClosedSubscription past) {
        return new LogView(past.log(), past.partitions(), past.subscription().since(), Optional.of(past.until()));
    }

    /**
     * A subscription that is starting shows nothing yet. One that is ending shows everything, and its end once it is
     * set.
     */
    private static Optional<LogView> running(Table table, String follower) {
        return table.log()
                .flatMap(log -> log.subscription(follower)
                        .filter(subscription -> subscription.since() > 0)
                        .map(subscription ->
                                new LogView(log, table.partitions(), subscription.since(), Optional.empty())));
    }

    /** The log of a stream, of a table that may be deleted. */
    public static Source stream(Tables tables, TableName name, String label) {
        return () -> tables.find(name)
                .flatMap(Stream::of)
                .filter(stream -> stream.label().equals(label))
                .or(() -> tables.pastStreams().find(name, label).map(Stream::of))
                .map(Stream::span);
    }
}
