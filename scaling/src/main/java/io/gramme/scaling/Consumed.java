package io.gramme.scaling;

import io.gramme.tables.table.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of a provisioned throughput was consumed, minute by minute. An idle minute has 0; a minute that was not
 * counted has no value, and nothing is decided by it.
 */
@FunctionalInterface
public interface Consumed {
    /** Nothing is counted: policies change nothing. */
    Consumed NOT_COUNTED = (_, _, _, _) -> OptionalLong.empty();

    /**
     * The half capacity units that all servers together charged in one minute.
     *
     * @param index a global index of the table; empty for the table itself
     * @param minute the beginning of a minute that has ended
     */
    OptionalLong halfUnits(Table table, Optional<String> index, CapacityUnit unit, Instant minute);
}
