package io.gramme.tables.item;

import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of other kinds that are read and written in one commit with items. Pure, and may run more than once, as a
 * {@link io.gramme.storage.Transition} does.
 *
 * @param <R> the result of the commit
 */
public interface Companion<R> {
    /** The companion of a commit of items alone: the result is the changes. */
    Companion<List<Change>> NONE = (_, changes) -> new Addition<>(List.of(), changes);

    /** Its own writes, and the result of the commit. */
    record Addition<R>(List<Write> writes, R result) {
        public Addition {
            writes = List.copyOf(writes);
        }
    }

    /** The rows that it reads besides those of the items. */
    default Set<RowKey> reads() {
        return Set.of();
    }

    /** What to answer instead of writing anything; empty to write. */
    default Optional<R> instead(Map<RowKey, Optional<Row>> current) {
        return Optional.empty();
    }

    /** @param changes of the items, in the order of their writes */
    Addition<R> with(Map<RowKey, Optional<Row>> current, List<Change> changes);
}
