package io.gramme.scaling;

import io.gramme.tables.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much of a provisioned throughput was consumed, minute by minute. An idle minute has 0; a minute that was not
 * counted has no value, and nothing is decided by it.
 */
@FunctionalInterface
public interface Consumed {
    /**
     * The half capacity units that all servers together charged in each of some minutes, the latest last.
     *
     * @param table the present incarnation of the table that the target names
     * @param end the end of the last minute
     * @param count how many minutes
     */
    List<OptionalLong> halfUnits(TargetId target, Table table, Instant end, int count);
}
