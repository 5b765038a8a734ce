package io.gramme.server.operation;

import io.gramme.api.CancelJobInput;
import io.gramme.api.CancelJobOutput;
import io.gramme.core.error.JobErrors;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.Jobs;
import java.util.Optional;

/**
 * Gramme extension: requests the end of a job, which is CANCELLED before its next step. Cancelling a cancelled job
 * changes nothing.
 */
public final class CancelJob implements Handler<CancelJobInput, CancelJobOutput> {
    private final Jobs jobs;
    private final JobKinds kinds;

    public CancelJob(Jobs jobs, JobKinds kinds) {
        this.jobs = jobs;
        this.kinds = kinds;
    }

    @Override
    public CancelJobOutput handle(CancelJobInput request, RequestContext context) {
        Job job = JobDescriptions.find(jobs, request.jobId(), context.accountRegion());
        if (job.state() == Job.State.COMPLETED || job.state() == Job.State.FAILED) {
            throw JobErrors.hasEnded(job.id(), job.state().name());
        }
        Optional<String> refusal = kinds.of(job).flatMap(kind -> kind.refusalToCancel(job));
        if (refusal.isPresent() && !job.state().isEnd()) {
            throw JobErrors.cannotBeCancelled(job.id(), refusal.get());
        }
        jobs.requestCancel(job.id());
        Job cancelled = jobs.find(job.id()).orElse(job);
        return CancelJobOutput.builder()
                .job(JobDescriptions.of(cancelled, jobs.counters(cancelled)))
                .build();
    }
}
