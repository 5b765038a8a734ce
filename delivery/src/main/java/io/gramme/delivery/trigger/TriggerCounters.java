package io.gramme.delivery.trigger;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** What a trigger has done since the server started: counts, and the result of the last batch. */
final class TriggerCounters {
    static final String NOTHING = "No records processed";
    static final String FINE = "OK";

    final LongAdder delivered = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder discarded = new LongAdder();
    final LongAdder invocations = new LongAdder();
    final LongAdder failures = new LongAdder();
    private volatile Optional<String> problem = Optional.empty();
    private volatile boolean any;

    void fine() {
        any = true;
        problem = Optional.empty();
    }

    void problem(String what) {
        problem = Optional.of("PROBLEM: " + what);
    }

    String lastResult() {
        return problem.orElse(any ? FINE : NOTHING);
    }
}
