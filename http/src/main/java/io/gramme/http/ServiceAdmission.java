package io.gramme.http;

import io.gramme.api.service.ServiceException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few requests for other services run at a time: the answer to one of them can take many times the memory of its
 * body. The others wait a limited time, and not many do.
 */
final class ServiceAdmission {
    private static final int AT_A_TIME = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 100;

    private final Semaphore places;
    private final Duration patience;
    private final int mostWaiting;

    ServiceAdmission() {
        this(AT_A_TIME, PATIENCE, MOST_WAITING);
    }

    /**
     * @param atATime how many run at a time
     * @param patience how long one waits
     * @param mostWaiting about how many wait at a time
     */
    ServiceAdmission(int atATime, Duration patience, int mostWaiting) {
        this.places = new Semaphore(atATime, true);
        this.patience = patience;
        this.mostWaiting = mostWaiting;
    }

    /** A place, until it is closed. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a place.
     *
     * @throws ServiceException Throttling if there is none in time
     */
    Place take() {
        if (places.getQueueLength() >= mostWaiting || !isAcquired()) {
            throw ServiceException.common("Throttling", 400, "Rate exceeded");
        }
        return places::release;
    }

    private boolean isAcquired() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
