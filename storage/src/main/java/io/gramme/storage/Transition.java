package io.gramme.storage;

import java.util.Map;
import java.util.Optional;

/**
 * A pure function from the rows that a transaction read to the rows it writes and the caller's answer. An engine that
 * loses a race runs it again on the winner's rows.
 */
@FunctionalInterface
public interface Transition<R> {
    /** @param current one entry for each key in the reads, empty where there is no such row */
    Outcome<R> apply(Map<RowKey, Optional<Row>> current);

    /** The row in {@code current} at a key in the reads. Passing any other key is a bug. */
    static Optional<Row> row(Map<RowKey, Optional<Row>> current, RowKey key) {
        Optional<Row> row = current.get(key);
        if (row == null) {
            throw new IllegalStateException(
                    "a transition asks for a row that its transaction did not name: key=" + key);
        }
        return row;
    }
}
