package io.gramme.server;

import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** A pass that a test runs too: no two threads run it at a time, as {@link BackgroundJob} promises. */
final class OneAtATime implements BackgroundJob.Pass {
    private final BackgroundJob.Pass pass;
    private final ReentrantLock running = new ReentrantLock();

    OneAtATime(BackgroundJob.Pass pass) {
        this.pass = pass;
    }

    @Override
    public Duration run() throws InterruptedException {
        running.lock();
        try {
            return pass.run();
        } finally {
            running.unlock();
        }
    }

    /** Runs it in the thread of the test. */
    void runNow() {
        try {
            var _ = run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void handOver() {
        pass.handOver();
    }

    @Override
    public void wakeBy(Runnable alarm) {
        pass.wakeBy(alarm);
    }
}
