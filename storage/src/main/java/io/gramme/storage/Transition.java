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
}
