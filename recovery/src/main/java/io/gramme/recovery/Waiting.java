package io.gramme.recovery;

import io.gramme.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waiting for what comes about by itself within moments. */
public final class Waiting {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Waiting() {}

    /** @throws StorageException if it does not come about in time; the caller then tries again later */
    public static void until(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LONGEST.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new StorageException("the log is not complete up to the position yet");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
