package io.gramme.server.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a follower has come.
 *
 * @param waiting when the oldest change was made that has not been handed over, as far as is known
 * @param missed when it last came so late that changes may have been forgotten
 * @param exhausted whether everything was handed over that there will ever be
 */
public record ConsumerProgress(Optional<Instant> waiting, Optional<Instant> missed, boolean exhausted) {

    /** For how long the oldest change has been waiting; zero where none is. */
    public Duration lag(Instant now) {
        return waiting.map(since -> Duration.between(since, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
