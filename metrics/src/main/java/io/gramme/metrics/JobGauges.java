package io.gramme.metrics;

import io.gramme.storage.StorageException;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Job.State;
import io.gramme.tables.job.Jobs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Gauges of the jobs of a store: how many there are in each state, and how far the active ones are. */
final class JobGauges {
    private static final System.Logger LOG = System.getLogger(JobGauges.class.getName());
    private static final double PERCENT = 100;

    private final Jobs jobs;
    private final MultiGauge states;
    private final MultiGauge progress;

    JobGauges(Jobs jobs, MeterRegistry registry) {
        this.jobs = jobs;
        this.states = MultiGauge.builder("gramme.jobs")
                .description("Jobs in each state; ended ones are counted for a day")
                .register(registry);
        this.progress = MultiGauge.builder("gramme.job.progress.ratio")
                .description("Progress of a job that is queued or running")
                .register(registry);
    }

    /** Updates the gauges. Jobs that cannot be read have no values, so their gauges are left out. */
    void update() {
        var counts = new ArrayList<Row<?>>();
        var ratios = new ArrayList<Row<?>>();
        try {
            List<Job> all = jobs.all();
            Stream.of(State.values()).forEach(state -> counts.add(count(all, state)));
            all.stream()
                    .filter(job -> !job.state().isEnd())
                    .forEach(job -> job.progressPercent(jobs.counters(job))
                            .ifPresent(percent -> ratios.add(Row.of(labels(job), percent / PERCENT))));
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "Cannot read jobs", e);
        }
        states.register(counts, true);
        progress.register(ratios, true);
    }

    private static Row<?> count(List<Job> all, State state) {
        long count = all.stream().filter(job -> job.state() == state).count();
        return Row.of(Tags.of("state", state.name().toLowerCase(Locale.ROOT)), count);
    }

    private static Tags labels(Job job) {
        Job.Subject subject = job.subject();
        return Tags.of(
                "account",
                subject.account(),
                "region",
                subject.region(),
                "table",
                subject.table(),
                "kind",
                job.kind().toLowerCase(Locale.ROOT),
                "resource",
                subject.resource().orElse(""));
    }
}
