package io.gramme.delivery.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a trigger as the API returns it.
 *
 * @param state as Lambda names it
 * @param reason for the state, if there is more to say than that a user asked for it
 * @param lastResult the result of the last batch
 * @param counts since the server started
 * @param age of the oldest record that waits to be sent
 * @param missed when the trigger last fell so far behind that records had been trimmed
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
