package io.gramme.storage;

import java.util.List;

/**
 * The decision of a transition: rows to write, each key at most once, records to append to logs, and the answer to the
 * caller.
 */
public record Outcome<R>(List<Write> writes, List<Append> appends, R answer) {
    public Outcome {
        writes = List.copyOf(writes);
        appends = List.copyOf(appends);
    }

    public Outcome(List<Write> writes, R answer) {
        this(writes, List.of(), answer);
    }

    /** Whether the store stays as it is. */
    public boolean isUnchanged() {
        return writes.isEmpty() && appends.isEmpty();
    }

    /** An outcome that leaves every row as it is. */
    public static <R> Outcome<R> unchanged(R answer) {
        return new Outcome<>(List.of(), answer);
    }
}
