package io.gramme.consistency.workload;

import java.time.Duration;
import java.util.SplittableRandom;

/** The waiting time of a client after a conflict. */
public enum Retry {
    /** After the shortest of naps. */
    AT_ONCE,
    /** Up to twice as long after each conflict, and a random part of that: as SDKs do. */
    BACKING_OFF;

    private static final int DOUBLINGS = 6;
    private static final long FIRST_NANOS = 1_000_000;

    /** @param conflicts the number of conflicts in a row */
    void await(int conflicts, SplittableRandom random) {
        switch (this) {
            case AT_ONCE -> Crowd.nap();
            case BACKING_OFF -> {
                long most = FIRST_NANOS << Math.min(conflicts, DOUBLINGS);
                try {
                    Thread.sleep(Duration.ofNanos(random.nextLong(most)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("the workload was interrupted", e);
                }
            }
        }
    }
}
