package io.gramme.delivery.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a log consumer has read its log.
 *
 * @param waiting when the oldest undelivered change was made, as far as is known
 * @param missed when the consumer last fell so far behind that changes may have been trimmed before it read them
 * @param exhausted whether everything was delivered that the log will ever have
 */
public record ConsumerProgress(Optional<Instant> waiting, Optional<Instant> missed, boolean exhausted) {

    /** How long the oldest change has been waiting for delivery; zero where there is none. */
    public Duration lag(Instant now) {
        return waiting.map(since -> Duration.between(since, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
