package io.gramme.storage;

import java.util.List;

/** What a transition decided: rows to write, each key at most once, and what to tell the caller. */
public record Outcome<R>(List<Write> writes, R answer) {
    public Outcome {
        writes = List.copyOf(writes);
    }

    /** An outcome that leaves every row as it is. */
    public static <R> Outcome<R> unchanged(R answer) {
        return new Outcome<>(List.of(), answer);
    }
}
