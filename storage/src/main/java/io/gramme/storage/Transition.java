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

    /**
     * The same for a transition whose outcome depends on its version. Engines call this one.
     *
     * @param version that the rows, log records and images of the outcome have, if it is the outcome that is written;
     *     never below the versions of the rows in {@code current}
     */
    default Outcome<R> apply(Map<RowKey, Optional<Row>> current, long version) {
        return apply(current);
    }

    /** A transition that must know its version, such as one around another transition. */
    @FunctionalInterface
    @SuppressWarnings("FunctionalInterfaceMethodChanged")
    interface Versioned<R> extends Transition<R> {
        @Override
        Outcome<R> apply(Map<RowKey, Optional<Row>> current, long version);

        /** A bug: an engine tells the version. */
        @Override
        default Outcome<R> apply(Map<RowKey, Optional<Row>> current) {
            throw new IllegalStateException("a transition was not told its version");
        }
    }

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
