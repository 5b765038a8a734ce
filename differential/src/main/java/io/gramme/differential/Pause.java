package io.gramme.differential;

import java.io.IOException;
import java.time.Duration;

/** A pause between requests; an interrupt ends it with an IOException. */
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
