package io.gramme.server.follow;

import io.gramme.server.log.LogView;
import io.gramme.server.stream.Stream;
import io.gramme.server.table.ClosedSubscription;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableName;
import io.gramme.server.table.Tables;
import java.util.Optional;

/** The logs that can be followed. */
public final class Sources {
    private Sources() {}

    /** What is logged for a {@linkplain Tables#follow following} of a table; once it has ended, what is left of that. */
    public static Source following(Tables tables, TableName name, String tableId, String follower) {
        return () -> tables.find(name)
                .filter(table -> table.id().equals(tableId))
                .flatMap(table -> running(table, follower))
                .or(() -> tables.pastFollowings().find(tableId, follower).map(Sources::past));
    }

    private static LogView past(ClosedSubscription past) {
        return new LogView(past.log(), past.following().since(), Optional.of(past.until()));
    }

    /** Of one that is starting nothing is shown yet. Of one that is ending all is, and its end when it has come to it. */
    private static Optional<LogView> running(Table table, String follower) {
        return table.log()
                .flatMap(log -> log.following(follower)
                        .filter(following -> following.since() > 0)
                        .map(following -> new LogView(log, following.since(), Optional.empty())));
    }

    /** What a stream shows, of a table that may be gone. */
    public static Source stream(Tables tables, TableName name, String label) {
        return () -> tables.find(name)
                .flatMap(Stream::of)
                .filter(stream -> stream.label().equals(label))
                .or(() -> tables.pastStreams().find(name, label).map(Stream::of))
                .map(Stream::span);
    }
}
