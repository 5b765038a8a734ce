package io.gramme.server.table;

import io.gramme.server.table.TableLog.Images;

/**
 * Somebody who follows the changes of a table without a stream of their own: while there is one, the table has a log. How
 * far they have come is theirs to remember.
 *
 * @param name tells those apart who follow one table
 * @param wants what records must carry
 * @param since the changes of later versions are logged for them; known once every writer knows of them
 */
public record Subscription(String name, Images wants, Status status, long since) {

    /** Where somebody is between coming and going. */
    public enum Status {
        /** Some writers may not know yet that they have something to log, or how much. */
        STARTING,
        RUNNING,
        /** Nothing more is to be logged for them, but some writers do not know yet. */
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

    /** @param version the highest that writers who knew nothing of it may have written */
    Subscription settled(long version) {
        return since == 0 ? new Subscription(name, wants, Status.RUNNING, version) : this;
    }
}
