package io.gramme.delivery.follow;

import io.gramme.tables.job.BackgroundJob;

/**
 * Runs the passes of a log consumer concurrently and wakes them on demand: on threads, or under the control of a test.
 */
@FunctionalInterface
public interface Runner {
    /** A thread for each pass. */
    Runner THREADS = (name, pass) -> BackgroundJob.start(name, pass)::close;

    Running start(String name, BackgroundJob.Pass pass);

    /** A pass that is run repeatedly until closed. */
    @FunctionalInterface
    interface Running {
        /** Stops after the current run of the pass. A pass never closes itself. */
        void close();
    }
}
