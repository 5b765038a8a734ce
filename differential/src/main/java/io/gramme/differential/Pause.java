package io.gramme.differential;

import java.io.IOException;
import java.time.Duration;

/** Waiting as a part of asking: an interrupt ends both. */
final class Pause {
    private Pause() {}

    static void of(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
