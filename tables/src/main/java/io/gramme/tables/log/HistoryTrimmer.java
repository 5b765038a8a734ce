package io.gramme.tables.log;

import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;

/**
 * The pass that deletes the images of items that no {@linkplain TableHistory.Keeper keeper} needs any longer. It deletes
 * ranges, so that their size does not matter, and never blocks writers.
 */
public final class HistoryTrimmer implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final Tables tables;
    private final MillisecondClock clock;
    private final RowStore store;

    public HistoryTrimmer(Tables tables, RowStore store, MillisecondClock clock) {
        this.clock = clock;
        this.tables = tables;
        this.store = store;
    }

    @Override
    public Duration run() {
        Instant now = clock.instant();
        for (Table table : tables.all()) {
            table.history().flatMap(history -> history.unneeded(now)).ifPresent(until -> forget(table, until));
        }
        return PERIOD;
    }

    private void forget(Table table, LogPosition until) {
        store.history().forget(table.tablespace(), until);
        table.globalIndexes().forEach(index -> store.history().forget(index.tablespace(), until));
        if (table.history().filter(kept -> kept.keepers().isEmpty()).isPresent()) {
            tables.histories().forget(table);
        }
    }
}
