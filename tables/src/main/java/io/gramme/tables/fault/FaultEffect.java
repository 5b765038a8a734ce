package io.gramme.tables.fault;

import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.ThrottlingReason.Cause;
import java.time.Duration;
import java.util.Optional;

/** What a fault rule does to what it matches. */
public sealed interface FaultEffect {
    /** The longest wait of one request, by all rules together. */
    Duration LONGEST_DELAY = Duration.ofSeconds(60);

    /**
     * Refuses an item, or an operation on no items, for lack of throughput.
     *
     * @param cause empty for that of the table's billing mode
     */
    record Throttle(Optional<Cause> cause) implements FaultEffect {}

    /**
     * Answers a request with an error.
     *
     * @param message empty for one of ours
     * @param afterExecution whether the request is executed nevertheless, which the client does not learn
     */
    record Fail(ErrorCode error, Optional<String> message, boolean afterExecution) implements FaultEffect {}

    /** Lets a request wait before it reads or writes anything. */
    record Delay(Duration duration) implements FaultEffect {
        public Delay {
            if (duration.isNegative() || duration.compareTo(LONGEST_DELAY) > 0) {
                throw new IllegalArgumentException("duration=" + duration);
            }
        }
    }

    /** Leaves an item of a batch unprocessed. */
    record LeaveUnprocessed() implements FaultEffect {}

    /** Refuses an item as if a transaction had claimed it. */
    record Conflict() implements FaultEffect {}
}
