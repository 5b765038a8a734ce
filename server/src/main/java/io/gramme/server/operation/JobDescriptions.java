package io.gramme.server.operation;

import io.gramme.api.JobDescription;
import io.gramme.api.JobState;
import io.gramme.core.error.JobErrors;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
import java.util.OptionalLong;

/** Conversion of jobs to what clients see of them. */
final class JobDescriptions {
    private JobDescriptions() {}

    /** The job of an id, if it belongs to the caller's account and region. */
    static Job find(Jobs jobs, String id, AccountRegion caller) {
        return jobs.find(id)
                .filter(job -> isOf(job, caller))
                .orElseThrow(() -> JobErrors.notFound(id, caller.account(), caller.region()));
    }

    static boolean isOf(Job job, AccountRegion caller) {
        return job.subject().account().equals(caller.account())
                && job.subject().region().equals(caller.region());
    }

    static JobDescription of(Job job, Job.Counters counters) {
        return JobDescription.builder()
                .jobId(job.id())
                .kind(job.kind())
                .state(JobState.valueOf(job.state().name()))
                .stateReason(job.reason())
                .tableName(job.subject().table())
                .tableId(job.subject().tableId())
                .resourceName(job.subject().resource())
                .processedItems(counters.items())
                .processedBytes(counters.bytes())
                .failedSteps(counters.errors())
                .estimatedItems(optional(job.total()))
                .progressPercent(job.progressPercent(counters))
                .itemsPerSecond(optional(job.itemsPerSecond()))
                .cancelRequested(job.cancelRequested())
                .creationTime(job.created())
                .startTime(job.started())
                .endTime(job.ended())
                .build();
    }

    private static Optional<Long> optional(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
