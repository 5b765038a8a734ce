package io.gramme.storage;

import java.util.Map;
import java.util.Optional;

/**
 * From the rows as they are to rows as they shall be, and the caller's answer. Pure: an engine that loses a race runs it
 * again on what the winner left.
 */
@FunctionalInterface
public interface Transition<R> {
    /** @param current one entry for each key that was named, empty where there is no such row */
    Outcome<R> apply(Map<RowKey, Optional<Row>> current);

    /** What {@code current} says of a key that was named. Asking for any other is a bug. */
    static Optional<Row> row(Map<RowKey, Optional<Row>> current, RowKey key) {
        Optional<Row> row = current.get(key);
        if (row == null) {
            throw new IllegalStateException(
                    "a transition asks for a row that its transaction did not name: key=" + key);
        }
        return row;
    }
}
