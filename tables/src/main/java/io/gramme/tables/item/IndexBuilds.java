package io.gramme.tables.item;

import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.IndexFiller;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.OnlineIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.OptionalInt;

/** Fills new indexes by jobs: one for each index. */
public final class IndexBuilds implements IndexFiller {
    private final Tables tables;
    private final Jobs jobs;
    private final JobRunner runner;
    private final MillisecondClock clock;
    private final OptionalInt parts;

    public IndexBuilds(Tables tables, Jobs jobs, JobRunner runner, MillisecondClock clock) {
        this(tables, jobs, runner, clock, OptionalInt.empty());
    }

    /** @param parts of each job, if not the partitions of its table */
    IndexBuilds(Tables tables, Jobs jobs, JobRunner runner, MillisecondClock clock, OptionalInt parts) {
        this.clock = clock;
        this.tables = tables;
        this.jobs = jobs;
        this.runner = runner;
        this.parts = parts;
    }

    @Override
    public void fill(Table table, OnlineIndex index, Duration patience) {
        long items = tables.statistics().of(table).items();
        Job wanted = IndexBuild.job(table, index, items, parts, clock.instant());
        Job stored = jobs.submit(wanted);
        if (stored.equals(wanted)) {
            tellOthers(table);
        }
        boolean endedTooEarly = stored.state() == Job.State.COMPLETED || stored.state() == Job.State.CANCELLED;
        if (endedTooEarly && isStillEmpty(table, index)) {
            jobs.restart(wanted);
        }
        if (patience.isPositive()) {
            runner.runNow(wanted.id(), patience);
        }
    }

    /** The job may be run by another server, which looks for new jobs when it takes up changes. */
    private void tellOthers(Table table) {
        if (tables.areShared()) {
            tables.announce(table.address());
        }
    }

    /** Whether the stored table is without the index's entries; the caller may have read it before the job ended. */
    private boolean isStillEmpty(Table table, OnlineIndex index) {
        tables.reload(table.address());
        return tables.find(table.address())
                .filter(found -> found.id().equals(table.id()))
                .filter(found -> found.onlineIndexes().stream()
                        .anyMatch(one -> one.isFilling() && one.tablespace().equals(index.tablespace())))
                .isPresent();
    }
}
