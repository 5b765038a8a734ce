package io.gramme.tables.capacity;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Optional;

/** Learns what requests pay, and which are refused, as it happens. Many threads call it, on the path of requests. */
public interface MeterListener {
    MeterListener NONE = new MeterListener() {
        @Override
        public void paid(Table table, Optional<SecondaryIndex> index, Kind kind, long halves) {}

        @Override
        public void refused(Table table, Optional<SecondaryIndex> index, Kind kind, Cause cause) {}
    };

    /**
     * A request has paid for an item written, or for what it read of a partition at once.
     *
     * @param index global, or empty for the table and its local indexes
     * @param halves half units
     */
    void paid(Table table, Optional<SecondaryIndex> index, Kind kind, long halves);

    /** A request, or an item of a batch, was refused. */
    void refused(Table table, Optional<SecondaryIndex> index, Kind kind, Cause cause);
}
