package io.gramme.monitoring.cloudwatch;

import java.time.Instant;

/**
 * The periods between two times. They begin at the first time, rounded down to a minute: the service aligns datapoints
 * to what the request asks for.
 *
 * @param from the first minute since the epoch
 * @param to the minute before which the last period ends
 * @param minutes of a period
 */
record Window(long from, long to, long minutes) {
    private static final long MINUTE_SECONDS = 60;

    static Window of(Instant start, Instant end, long periodSeconds) {
        long from = Math.floorDiv(start.getEpochSecond(), MINUTE_SECONDS);
        long to = Math.ceilDiv(end.getEpochSecond(), MINUTE_SECONDS);
        return new Window(from, to, Math.max(1, periodSeconds / MINUTE_SECONDS));
    }

    /** The number of periods. */
    long periods() {
        return Math.ceilDiv(to - from, minutes);
    }

    /** The period that a minute belongs to. */
    long period(long minute) {
        return (minute - from) / minutes;
    }

    Instant start(long period) {
        return Instant.ofEpochSecond((from + period * minutes) * MINUTE_SECONDS);
    }
}
