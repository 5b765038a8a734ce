package io.gramme.scaling;

import io.gramme.core.error.ApiException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * New bounds for a scalable target at certain times.
 *
 * @param uid a part of its ARN
 * @param schedule as the client gave it: see {@link Schedule}
 * @param zone the time zone of the schedule, as the client gave it; empty for UTC
 * @param start the first time at which it may run
 * @param end the last time at which it may run
 * @param due when it runs next; empty if it never runs again
 */
public record ScheduledAction(
        TargetId id,
        String uid,
        String name,
        String schedule,
        Optional<String> zone,
        Optional<Instant> start,
        Optional<Instant> end,
        OptionalLong min,
        OptionalLong max,
        Instant created,
        Optional<Instant> due) {

    public String arn() {
        return "arn:aws:autoscaling:" + id.owner().region() + ":" + id.owner().account() + ":scheduledAction:" + uid
                + ":resource/dynamodb/" + id.resourceId() + ":scheduledActionName/" + name;
    }

    boolean isDue(Instant now) {
        return due.isPresent() && !due.get().isAfter(now);
    }

    /** Whether the bounds of a target, with those of this action, are bounds. */
    boolean isApplicableTo(ScalableTarget target) {
        return max().orElse(target.max()) >= min().orElse(target.min());
    }

    /** The target with the bounds of this action, or unchanged if they do not fit. */
    ScalableTarget appliedTo(ScalableTarget target) {
        return isApplicableTo(target)
                ? target.withBounds(min().orElse(target.min()), max().orElse(target.max()))
                : target;
    }

    /** The action after it has run at {@code now}; runs that were missed are not made up for. */
    ScheduledAction ran(Instant now) {
        try {
            return dueAt(Schedule.next(this, now));
        } catch (ApiException _) {
            // Its time zone was known to another JDK.
            return dueAt(Optional.empty());
        }
    }

    ScheduledAction dueAt(Optional<Instant> next) {
        return new ScheduledAction(id, uid, name, schedule, zone, start, end, min, max, created, next);
    }
}
