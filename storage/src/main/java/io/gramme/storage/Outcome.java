package io.gramme.storage;

import java.util.List;

/**
 * The decision of a transition: rows to write, each key at most once, records to append to logs, and the answer to the
 * caller.
 *
 * @param retained images for the {@link RowHistory}, of rows among {@code writes}, each key at most once
 */
public record Outcome<R>(List<Write> writes, List<Append> appends, List<Retained> retained, R answer) {
    public Outcome {
        writes = List.copyOf(writes);
        appends = List.copyOf(appends);
        retained = List.copyOf(retained);
    }

    public Outcome(List<Write> writes, List<Append> appends, R answer) {
        this(writes, appends, List.of(), answer);
    }

    public Outcome(List<Write> writes, R answer) {
        this(writes, List.of(), answer);
    }

    /** Whether the store stays as it is. */
    public boolean isUnchanged() {
        return writes.isEmpty() && !isTraced();
    }

    /** Whether it leaves log records or images, whose readers rely on {@link ChangeLog#complete}. */
    public boolean isTraced() {
        return !appends.isEmpty() || !retained.isEmpty();
    }

    /** An outcome that leaves every row as it is. */
    public static <R> Outcome<R> unchanged(R answer) {
        return new Outcome<>(List.of(), answer);
    }
}
