package io.gramme.server.follow;

import java.time.Duration;

/**
 * What became of a batch. What was not taken is handed over again, with what has come since.
 *
 * @param taken how many changes are done with, from the first on
 * @param pause how long to wait before the rest is handed over again
 */
public record Delivery(int taken, Duration pause) {
    public static Delivery all(Batch batch) {
        return new Delivery(batch.entries().size(), Duration.ZERO);
    }

    public static Delivery none(Duration pause) {
        return new Delivery(0, pause);
    }
}
