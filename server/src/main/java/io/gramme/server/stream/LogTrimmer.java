package io.gramme.server.stream;

import io.gramme.server.job.BackgroundJob;
import io.gramme.server.table.ClosedSubscription;
import io.gramme.server.table.PastStream;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableLog;
import io.gramme.server.table.Tables;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The pass that deletes what logs need no longer hold: records too old for any reader, shards without records, and
 * streams and subscriptions that ended long ago, with the tablespaces of their logs. It never blocks writers: a log is
 * trimmed at its old end, by one mark for all deleted records.
 */
public final class LogTrimmer implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** How long records are kept: longer than the reach of any reader, by a margin for slow readers. */
    public static final Duration KEPT = StreamReader.REACH.plus(Duration.ofMinutes(5));

    private static final Budget ONE = new Budget(1, 1);

    private final Tables tables;
    private final RowStore store;
    private final TrimPositions trimmed;

    public LogTrimmer(Tables tables, RowStore store) {
        this.tables = tables;
        this.store = store;
        this.trimmed = new TrimPositions(store);
    }

    @Override
    public Duration run() {
        Instant oldest = tables.now().minus(KEPT);
        LogPosition last = LogPosition.behind(Math.max(0, VersionClock.versionAt(oldest)));
        for (Table table : tables.all()) {
            table.log().ifPresent(log -> trim(table, log, last));
        }
        for (PastStream past : tables.pastStreams().all()) {
            past.log().shards().forEach(shard -> trim(past.log().place(shard), last));
            if (past.ended().isBefore(oldest)) {
                tables.pastStreams().forget(past);
                dropUnlessShown(past.log());
            }
        }
        for (ClosedSubscription past : tables.pastFollowings().all()) {
            past.log().shards().forEach(shard -> trim(past.log().place(shard), last));
            if (past.ended().isBefore(oldest)) {
                tables.pastFollowings().forget(past);
                dropUnlessShown(past.log());
            }
        }
        return PERIOD;
    }

    private void trim(Table table, TableLog log, LogPosition last) {
        log.shards().forEach(shard -> trim(log.place(shard), last));
        List<TableLog.Shard> ended = log.shardsUntil(last.version());
        if (!ended.isEmpty()) {
            tables.forgetShards(table, last.version());
            ended.forEach(shard -> trimmed.forget(log.place(shard)));
        }
    }

    private void trim(PartitionKey shard, LogPosition last) {
        boolean due = store.changes().read(shard, LogPosition.START, ONE).records().stream()
                .anyMatch(first -> first.position().compareTo(last) <= 0);
        if (due) {
            trimmed.set(shard, last);
            store.changes().trim(shard, last);
        }
    }

    /** Drops a log with the last stream or subscription that shows it. */
    private void dropUnlessShown(TableLog log) {
        if (!tables.isLogShown(log.tablespace())) {
            log.shards().forEach(shard -> trimmed.forget(log.place(shard)));
            store.drop(log.tablespace());
        }
    }
}
