package io.gramme.server.operation;

import io.gramme.api.DescribeJobInput;
import io.gramme.api.DescribeJobOutput;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;

/** Gramme extension: shows a job, and its progress. */
public final class DescribeJob implements Handler<DescribeJobInput, DescribeJobOutput> {
    private final Jobs jobs;

    public DescribeJob(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public DescribeJobOutput handle(DescribeJobInput request, RequestContext context) {
        Job job = JobDescriptions.find(jobs, request.jobId(), context.accountRegion());
        return DescribeJobOutput.builder()
                .job(JobDescriptions.of(job, jobs.counters(job)))
                .build();
    }
}
