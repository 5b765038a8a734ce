package io.gramme.delivery.follow;

import java.time.Duration;

/**
 * The result of delivering a batch. Changes that the receiver did not take are delivered again, with those logged
 * since.
 *
 * @param taken how many changes are done, from the first on
 * @param pause how long to wait before the rest is delivered again
 */
public record Delivery(int taken, Duration pause) {
    public static Delivery all(Batch batch) {
        return new Delivery(batch.entries().size(), Duration.ZERO);
    }

    public static Delivery none(Duration pause) {
        return new Delivery(0, pause);
    }
}
