package io.gramme.tables.table;

import io.gramme.tables.table.TableLog.Images;
import java.time.Duration;

/**
 * A consumer's request that a table have a log which meets its needs. While a table has a subscription, it has a log.
 * The consumer stores its own progress.
 *
 * @param name identifies the subscription among those of one table
 * @param needs what the table logs and keeps for it
 * @param since the changes of later versions are logged for it; set once every writer knows of the subscription
 */
public record Subscription(String name, Needs needs, Status status, long since) {
    /**
     * How long the records of streams, and of consumers that have no other needs, are kept: the day that the service
     * promises, and a margin in which a reader can finish with an iterator that was issued in time.
     */
    public static final Duration RETENTION = Duration.ofHours(24).plusMinutes(20);

    /**
     * The needs of a consumer.
     *
     * @param images the images that records must carry
     * @param retention how long records are kept for it, whether it has read them or not
     */
    public record Needs(Images images, Duration retention) {
        public Needs {
            if (!retention.isPositive()) {
                throw new IllegalArgumentException("retention=" + retention);
            }
        }

        /** The needs of a consumer that reads changes soon after they are made. */
        public static Needs changes(Images images) {
            return new Needs(images, RETENTION);
        }
    }

    /** The status of a subscription, from its start to its end. */
    public enum Status {
        /** Some writers may not know yet that they have to log, or which images. */
        STARTING,
        RUNNING,
        /** Nothing more is to be logged for it, but some writers do not know yet. */
        ENDING
    }

    static Subscription start(String name, Needs needs) {
        return new Subscription(name, needs, Status.STARTING, 0);
    }

    public boolean isPending() {
        return status != Status.RUNNING;
    }

    boolean isEnding() {
        return status == Status.ENDING;
    }

    Subscription ending() {
        return new Subscription(name, needs, Status.ENDING, since);
    }

    /** @param version the highest that writers without knowledge of the subscription may have written */
    Subscription settled(long version) {
        return since == 0 ? new Subscription(name, needs, Status.RUNNING, version) : this;
    }
}
