package io.gramme.server.follow;

import io.gramme.server.job.BackgroundJob;

/** What runs the passes of a follower, each beside the others, and hears their alarms: threads, or a test. */
@FunctionalInterface
public interface Runner {
    /** A thread for each. */
    Runner THREADS = (name, pass) -> BackgroundJob.start(name, pass)::close;

    Running start(String name, BackgroundJob.Pass pass);

    /** A pass that is run again and again. */
    @FunctionalInterface
    interface Running {
        /** Ends that, when the pass in hand has. Never called by a pass of its own. */
        void close();
    }
}
