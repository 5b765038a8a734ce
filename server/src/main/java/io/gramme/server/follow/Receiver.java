package io.gramme.server.follow;

/**
 * To whom changes are handed over. Lanes and shards call it side by side, each with one batch after the other. What it throws
 * is reported, and the batch handed over again after a while.
 */
public interface Receiver {

    /** Takes a batch or the first part of it. What it says to have taken is never handed over again. */
    Delivery deliver(Batch batch) throws InterruptedException;

    /** Has deliveries under way end soon, and all others fail at once: the follower is being closed. */
    default void stop() {}
}
