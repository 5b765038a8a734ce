package io.gramme.delivery.follow;

/**
 * The target of a log consumer, which takes its changes. Lanes and shards call it concurrently, each with one batch
 * after the other. An exception is logged, and the batch is delivered again after a pause.
 */
public interface Receiver {

    /** Takes a batch or its first part. What it reports as taken is never delivered again. */
    Delivery deliver(Batch batch) throws InterruptedException;

    /** Ends running deliveries soon and fails all later ones at once, because the consumer is being closed. */
    default void stop() {}
}
