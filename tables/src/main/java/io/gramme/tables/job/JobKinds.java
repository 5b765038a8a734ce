package io.gramme.tables.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of job that this server can run, by name. */
public final class JobKinds {
    private final Map<String, JobKind> kinds;

    public JobKinds(List<? extends JobKind> kinds) {
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(JobKind::name, Function.identity()));
    }

    /** Empty if another version of Gramme has stored the job. */
    public Optional<JobKind> of(Job job) {
        return Optional.ofNullable(kinds.get(job.kind()));
    }
}
