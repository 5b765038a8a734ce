package io.gramme.server.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A trigger as it is shown to whoever asks.
 *
 * @param state as Lambda names it
 * @param reason why it is so, if there is more to say than that a user wanted it
 * @param lastResult what became of the last batch
 * @param counts since the server started
 * @param age of the oldest record that waits to be sent
 * @param missed when it last came so late that records had been forgotten
 */
public record TriggerDescription(
        Trigger trigger,
        String state,
        String reason,
        String lastResult,
        Counts counts,
        Duration age,
        Optional<Instant> missed) {

    public record Counts(long delivered, long filtered, long discarded, long invocations, long failures) {
        static Counts of(TriggerCounters tally) {
            return new Counts(
                    tally.delivered.sum(),
                    tally.filtered.sum(),
                    tally.discarded.sum(),
                    tally.invocations.sum(),
                    tally.failures.sum());
        }
    }

    TriggerDescription with(String passing) {
        return new TriggerDescription(trigger, passing, reason, lastResult, counts, age, missed);
    }
}
