package io.gramme.benchmark;

/** What one target made of one load. */
record Measurement(Target target, Load load, HttpLoad.Outcome outcome) {

    /** What was asked for: two measurements of one load can be compared. */
    record Load(Workload workload, int itemBytes, int connections) {}

    /** Successful requests per second. */
    double rate() {
        return outcome.perSecond();
    }

    double processorMicrosPerRequest() {
        return outcome.processorTime().toNanos()
                / 1e3
                / Math.max(1, outcome.latencies().count() + outcome.errors());
    }
}
