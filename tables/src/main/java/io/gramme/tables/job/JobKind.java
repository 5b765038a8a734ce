package io.gramme.tables.job;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/**
 * A kind of job: what one step of it does. Any step may run again after a crash, from the same cursor, and steps of
 * several parts run at the same time; so a step is idempotent, and what it did is stored by the time it returns.
 */
public interface JobKind {

    /** The name under which its jobs are stored; it never changes. */
    String name();

    /**
     * Processes the next items of a part, for at most about a second.
     *
     * @param mostItems of which the step processes no more, at least 1; or units, if the kind of job counts those
     * @throws JobFailedException if the job can never succeed
     */
    Step step(Job job, Job.Part part, int mostItems) throws JobFailedException;

    /**
     * Completes a job after its last step. May run again after a crash.
     *
     * @return {@link Ending.Complete}, or {@link Step.Obsolete} if what the job works on is gone
     * @throws JobFailedException if the job can never succeed
     */
    Ending finish(Job job) throws JobFailedException;

    /** Cleans up after a job that was cancelled or has failed. May run again after a crash. */
    default void abandon(Job job) {}

    /** Why a client cannot cancel the job, as one sentence that says what to do instead; empty if it can. */
    default Optional<String> refusalToCancel(Job job) {
        return Optional.empty();
    }

    /** The result of a step. */
    sealed interface Step {
        /**
         * More is left.
         *
         * @param cursor where the next step begins
         * @param spent how much of {@code mostItems} the step has used, of which the rate limit is kept: the number of
         *     items, unless the kind of job counts another unit
         */
        record Advanced(Bytes cursor, Job.Counters processed, long spent) implements Step {
            public Advanced(Bytes cursor, Job.Counters processed) {
                this(cursor, processed, processed.items());
            }
        }

        /** The part is complete. */
        record Done(Job.Counters processed) implements Step {}

        /** What the job works on is gone, so the whole job is cancelled. */
        record Obsolete(String reason) implements Step, Ending {}
    }

    /** The result of completing a job. */
    sealed interface Ending permits Ending.Complete, Step.Obsolete {
        record Complete() implements Ending {}
    }
}
