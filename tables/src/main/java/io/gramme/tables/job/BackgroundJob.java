package io.gramme.tables.job;

import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread that runs one {@link Pass} after another until closed. A pass that throws is logged and retried
 * after a pause; it never ends the job.
 */
public final class BackgroundJob implements AutoCloseable {

    /** A bounded piece of work, safe to repeat: what it did is stored by the time it returns. */
    @FunctionalInterface
    public interface Pass {
        /** Does one piece of work and returns how long to rest before the next. */
        Duration run() throws InterruptedException;

        /**
         * Stops everything that runs beside the pass: from now on another server does this work. Never called while the
         * pass runs.
         */
        default void handOver() {}

        /** Sets the alarm that the pass may call, from any thread, when there is work before its rest has ended. */
        default void wakeBy(Runnable alarm) {}
    }

    private static final System.Logger LOG = System.getLogger(BackgroundJob.class.getName());
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final String name;
    private final Pass pass;
    private final Thread thread;
    private final FaultLog faults = new FaultLog();

    /** Holds a permit while there is a request to run the pass before its rest has ended. */
    private final Semaphore alarms = new Semaphore(0);

    private volatile boolean stopping;

    private BackgroundJob(String name, Pass pass) {
        this.name = name;
        this.pass = pass;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    public static BackgroundJob start(String name, Pass pass) {
        var job = new BackgroundJob(name, pass);
        pass.wakeBy(job::wake);
        job.thread.start();
        return job;
    }

    /** Ends the current rest; if the pass is running, skips the next one. */
    public void wake() {
        alarms.release();
    }

    private void loop() {
        try {
            while (!stopping) {
                Duration rest = runOnce();
                if (alarms.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                    alarms.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration runOnce() throws InterruptedException {
        try {
            return pass.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (OutOfSpaceException _) {
            // The store has logged this, and accepts writes again without further action.
            return PAUSE_AFTER_FAILURE;
        } catch (StorageException e) {
            faults.report(name, e);
            return PAUSE_AFTER_FAILURE;
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, name + " failed and will be retried", e);
            return PAUSE_AFTER_FAILURE;
        }
    }

    /** Lets the current pass finish, then returns. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
