package io.gramme.benchmark;

/** The result of one load on one target. */
record Measurement(Target target, Load load, HttpLoad.Outcome outcome) {

    /** The parameters of a load: two measurements with the same load can be compared. */
    record Load(Workload workload, int itemBytes, int connections) {}

    /** Successful requests per second. */
    double rate() {
        return outcome.perSecond();
    }

    double processorMicrosPerRequest() {
        return outcome.used().processor().toNanos() / 1e3 / requests();
    }

    double allocatedBytesPerRequest() {
        return outcome.used().allocatedBytes() / (double) requests();
    }

    private long requests() {
        return Math.max(1, outcome.latencies().count() + outcome.errors());
    }
}
