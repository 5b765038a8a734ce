package io.gramme.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One change that auto scaling made or tried to make, with its cause and result. */
public record ScalingActivity(
        TargetId id,
        String uid,
        String description,
        String cause,
        Instant start,
        Optional<Instant> end,
        Status status,
        Optional<String> message) {

    /** For how long activities are shown: six weeks, as the service's guide says. */
    public static final Duration KEPT = Duration.ofDays(42);

    /** As the API names it. */
    public enum Status {
        IN_PROGRESS("InProgress"),
        SUCCESSFUL("Successful"),
        OVERRIDDEN("Overridden"),
        FAILED("Failed");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    ScalingActivity ended(Status newStatus, Instant now, String text) {
        return new ScalingActivity(id, uid, description, cause, start, Optional.of(now), newStatus, Optional.of(text));
    }
}
