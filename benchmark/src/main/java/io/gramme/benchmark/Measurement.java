package io.gramme.benchmark;

import java.time.Duration;

/**
 * What one target made of one workload.
 *
 * @param latencies those of the successful requests
 * @param processorTime what the server's process used of all processors together
 */
record Measurement(
        Target target, Load load, Duration duration, Latencies latencies, long errors, Duration processorTime) {

    /** What was asked for: two measurements of one load can be compared. */
    record Load(Workload workload, int itemBytes, int connections) {}

    /** Successful requests per second. */
    double rate() {
        return latencies.count() * 1e9 / duration.toNanos();
    }

    double processorMicrosPerRequest() {
        return processorTime.toNanos() / 1e3 / Math.max(1, latencies.count() + errors);
    }
}
