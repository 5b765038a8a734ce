package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/** The times of a request, and the rules for its periods. */
record Times(Instant start, Instant end) {
    private static final long MINUTE_SECONDS = 60;

    /** Periods that metrics of less than a minute have; for those of a minute they are like a minute. */
    private static final Set<Long> SHORT = Set.of(1L, 5L, 10L, 20L, 30L);

    /** A day; longer periods are no use where metrics are kept for fifteen days, but the service allows more. */
    private static final long LONGEST_PERIOD = Duration.ofDays(366).toSeconds();

    /** Far from where arithmetic on minutes ends. */
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** @param error the error of the operation for an invalid value */
    static Times of(Input input, Function<String, ServiceException> error) {
        Instant start = input.time("StartTime").orElseThrow(() -> CloudWatchErrors.missing("StartTime"));
        Instant end = input.time("EndTime").orElseThrow(() -> CloudWatchErrors.missing("EndTime"));
        if (start.equals(end)) {
            throw error.apply("The parameter StartTime must not equal parameter EndTime.");
        }
        if (start.isAfter(end)) {
            throw error.apply("The parameter StartTime must be less than the parameter EndTime.");
        }
        return new Times(clamped(start), clamped(end));
    }

    private static Instant clamped(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time;
    }

    static void requirePeriod(long seconds, String place, Function<String, ServiceException> error) {
        boolean allowed = SHORT.contains(seconds) || (seconds > 0 && seconds % MINUTE_SECONDS == 0);
        if (!allowed || seconds > LONGEST_PERIOD) {
            throw error.apply("The parameter " + place + " must be a value in the set [ 1, 5, 10, 20, 30 ], or a"
                    + " multiple of 60.");
        }
    }
}
