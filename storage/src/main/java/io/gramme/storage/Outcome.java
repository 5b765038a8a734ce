package io.gramme.storage;

import java.util.List;

/**
 * What a transition decided: rows to write, each key at most once, records to leave in logs, and what to tell the caller.
 */
public record Outcome<R>(List<Write> writes, List<Append> appends, R answer) {
    public Outcome {
        writes = List.copyOf(writes);
        appends = List.copyOf(appends);
    }

    public Outcome(List<Write> writes, R answer) {
        this(writes, List.of(), answer);
    }

    /** Whether the store is left as it is. */
    public boolean isUnchanged() {
        return writes.isEmpty() && appends.isEmpty();
    }

    /** An outcome that leaves every row as it is. */
    public static <R> Outcome<R> unchanged(R answer) {
        return new Outcome<>(List.of(), answer);
    }
}
