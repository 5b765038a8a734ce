package io.gramme.server.table;

import io.gramme.server.table.TableLog.Images;

/**
 * A consumer's request that a table have a log with certain images. While a table has a subscription, it has a log. The
 * consumer stores its own progress.
 *
 * @param name identifies the subscription among those of one table
 * @param wants the images that records must carry
 * @param since the changes of later versions are logged for it; set once every writer knows of the subscription
 */
public record Subscription(String name, Images wants, Status status, long since) {

    /** The status of a subscription, from its start to its end. */
    public enum Status {
        /** Some writers may not know yet that they have to log, or which images. */
        STARTING,
        RUNNING,
        /** Nothing more is to be logged for it, but some writers do not know yet. */
        ENDING
    }

    static Subscription start(String name, Images wants) {
        return new Subscription(name, wants, Status.STARTING, 0);
    }

    public boolean isPending() {
        return status != Status.RUNNING;
    }

    boolean isEnding() {
        return status == Status.ENDING;
    }

    Subscription ending() {
        return new Subscription(name, wants, Status.ENDING, since);
    }

    /** @param version the highest that writers without knowledge of the subscription may have written */
    Subscription settled(long version) {
        return since == 0 ? new Subscription(name, wants, Status.RUNNING, version) : this;
    }
}
