package io.gramme.tables.log;

import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.log.LogClaims.Claim;
import io.gramme.tables.table.ClosedSubscription;
import io.gramme.tables.table.PastStream;
import io.gramme.tables.table.Subscription;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The pass that deletes what logs need no longer hold: records that no {@linkplain LogClaims claim} covers, closed
 * partitions without records, and streams and subscriptions that ended longer ago than they keep their records, with the
 * tablespaces of their logs. It is the only one that deletes records. It never blocks writers: a log is trimmed at its
 * old end, by one mark for all deleted records.
 */
public final class LogTrimmer implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private static final Budget ONE = new Budget(1, 1);

    private final Tables tables;
    private final RowStore store;
    private final InstantSource clock;
    private final TrimPositions trimmed;

    public LogTrimmer(Tables tables, RowStore store, InstantSource clock) {
        this.clock = clock;
        this.tables = tables;
        this.store = store;
        this.trimmed = new TrimPositions(store);
    }

    @Override
    public Duration run() {
        Instant now = clock.instant();
        forgetEnded(now);
        LogClaims claims = LogClaims.at(tables, now);
        claims.all().forEach(claim -> claim.shards().forEach(shard -> trim(shard, claim.oldest())));
        for (Table table : tables.all()) {
            LogPosition oldest = claims.oldest(table).orElse(LogClaims.oldest(Subscription.RETENTION, now));
            forgetPartitions(table, oldest.version());
        }
        return PERIOD;
    }

    private void trim(PartitionKey shard, LogPosition oldest) {
        boolean due = store.changes().read(shard, LogPosition.START, ONE).records().stream()
                .anyMatch(first -> first.position().compareTo(oldest) <= 0);
        if (due) {
            trimmed.set(shard, oldest);
            store.changes().trim(shard, oldest);
        }
    }

    private void forgetPartitions(Table table, long version) {
        if (table.hasPartitionsClosedBy(version)) {
            tables.forgetPartitions(table, version);
            table.log()
                    .ifPresent(log -> table.partitions()
                            .closedBy(version)
                            .forEach(partition -> trimmed.forget(log.place(partition))));
        }
    }

    /** Forgets what has ended long ago, and drops each log that nothing claims any more. */
    private void forgetEnded(Instant now) {
        var gone = new ArrayList<Claim>();
        for (PastStream past : tables.pastStreams().all()) {
            if (past.ended().isBefore(now.minus(Subscription.RETENTION))) {
                tables.pastStreams().forget(past);
                gone.add(Claim.of(past, now));
            }
        }
        for (ClosedSubscription past : tables.closedSubscriptions().all()) {
            if (past.ended().isBefore(now.minus(past.subscription().needs().retention()))) {
                tables.closedSubscriptions().forget(past);
                gone.add(Claim.of(past, now));
            }
        }
        gone.stream()
                .filter(claim -> !tables.isLogShown(claim.log().tablespace()))
                .forEach(claim -> {
                    claim.shards().forEach(trimmed::forget);
                    store.drop(claim.log().tablespace());
                    tables.keys().destroy(List.of(claim.log().tablespace()));
                });
    }
}
