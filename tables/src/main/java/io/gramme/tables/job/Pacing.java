package io.gramme.tables.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the next step of one job may run: its rate limit, and the pause after a failure, which doubles with each failure
 * in a row. In memory only. Safe for use by many threads.
 */
final class Pacing {
    private final Optional<RateLimit> limit;
    private Instant retryAt = Instant.MIN;
    private int failuresInRow;
    private long failuresToCount;

    Pacing(Job job) {
        this.limit = job.itemsPerSecond().isPresent()
                ? Optional.of(new RateLimit(job.itemsPerSecond().getAsLong()))
                : Optional.empty();
    }

    /** How long the job has to wait. */
    synchronized Duration wait(Instant now) {
        Duration pause = now.isBefore(retryAt) ? Duration.between(now, retryAt) : Duration.ZERO;
        return Stream.of(pause, limit.map(rate -> rate.wait(now)).orElse(Duration.ZERO))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** The number of items that a step may process now; 0 if it has to wait. */
    int reserve(Instant now) {
        return limit.map(rate -> rate.reserve(now)).orElse(Integer.MAX_VALUE);
    }

    void release(long items) {
        limit.ifPresent(rate -> rate.release(items));
    }

    synchronized void failed(Instant now, Duration first, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(failuresInRow, 20));
        retryAt = now.plus(pause.compareTo(longest) < 0 ? pause : longest);
        failuresInRow++;
        failuresToCount++;
    }

    /** The failures since this was last asked. */
    synchronized long failuresToCount() {
        long failures = failuresToCount;
        failuresToCount = 0;
        return failures;
    }

    synchronized void succeeded() {
        failuresInRow = 0;
    }
}
