package io.gramme.storage.testkit;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The faults of a call of a {@link FaultyStore}. */
public enum Fault {
    NONE,

    /** It fails, and nothing was done. */
    ERROR_BEFORE,

    /** It fails, but its writes were made: what a caller sees when an answer is lost. */
    ERROR_AFTER,

    /** It takes longer. */
    DELAY,

    /** Its transition is run twice, as by an engine that lost a race. */
    RERUN;

    /** A fault in one of so many calls, each kind as often as the others; the same sequence for the same seed. */
    public static Supplier<Fault> oneIn(int calls, long seed) {
        var random = new Random(seed);
        List<Fault> faults = List.of(ERROR_BEFORE, ERROR_AFTER, DELAY, RERUN);
        return () -> random.nextInt(calls) == 0 ? faults.get(random.nextInt(faults.size())) : NONE;
    }

    /** The same for every call. */
    public static Supplier<Fault> always(Fault fault) {
        return () -> fault;
    }
}
