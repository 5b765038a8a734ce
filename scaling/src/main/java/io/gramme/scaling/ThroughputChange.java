package io.gramme.scaling;

import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Throughput;
import java.util.Optional;

/** Changes provisioned throughput, with all the rules of UpdateTable. */
@FunctionalInterface
public interface ThroughputChange {
    /**
     * Starts the change; it may have settled on return.
     *
     * @param index a global index of the table; empty for the table itself
     * @throws io.gramme.core.error.ApiException as UpdateTable answers: RESOURCE_IN_USE if another change is under way,
     *     LIMIT_EXCEEDED if no decrease is left, and others
     */
    void start(TableName table, Optional<String> index, Throughput wanted);
}
