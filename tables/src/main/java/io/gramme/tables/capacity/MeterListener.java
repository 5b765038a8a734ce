package io.gramme.tables.capacity;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Optional;

/**
 * Learns what requests pay on one table or global index, and which are refused, as it happens. Many threads call it, on
 * the path of requests.
 */
public interface MeterListener {
    MeterListener NONE = new MeterListener() {
        @Override
        public void paid(Kind kind, long halves) {}

        @Override
        public void refused(Kind kind, Cause cause) {}
    };

    /** Makes the listener of each meter, when the meter is first charged. */
    @FunctionalInterface
    interface Source {
        Source NONE = (_, _) -> MeterListener.NONE;

        /** @param index global, or empty for the table and its local indexes */
        MeterListener of(Table table, Optional<SecondaryIndex> index);
    }

    /**
     * A request has paid for an item written, or for what it read of a partition at once.
     *
     * @param halves half units
     */
    void paid(Kind kind, long halves);

    /** A request, or an item of a batch, was refused. */
    void refused(Kind kind, Cause cause);
}
