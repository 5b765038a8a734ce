package io.gramme.tables.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds of job that this server can run, by name. */
public final class JobKinds {
    private final Map<String, JobKind> kinds = new ConcurrentHashMap<>();

    public JobKinds(List<? extends JobKind> kinds) {
        kinds.forEach(this::add);
    }

    /** Adds a kind, before the job runner starts. */
    public void add(JobKind kind) {
        kinds.put(kind.name(), kind);
    }

    /** Empty if another version of Gramme has stored the job. */
    public Optional<JobKind> of(Job job) {
        return Optional.ofNullable(kinds.get(job.kind()));
    }
}
