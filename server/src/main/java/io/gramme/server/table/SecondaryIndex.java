package io.gramme.server.table;

import io.gramme.core.index.Index;
import java.util.Optional;

/**
 * A secondary index of a table, as it is now.
 *
 * @param index what it makes of an item
 * @param place where its entries are: for a local index its ordinal (from 0) among the table's local indexes, for a
 *     global index the number of its store
 * @param backfilling present while entries for items from before the index are being made, or about to be
 */
public record SecondaryIndex(
        Index index, long place, Status status, Optional<Boolean> backfilling, Throughput throughput) {

    public enum Status {
        CREATING,
        UPDATING,
        DELETING,
        ACTIVE
    }

    public String name() {
        return index.name();
    }

    public boolean isLocal() {
        return index.scope() == Index.Scope.LOCAL;
    }

    /** Whether writes keep its entries: from the moment it is being made until it is being deleted. */
    public boolean isMaintained() {
        return status != Status.DELETING;
    }

    /** Whether it can be read. */
    public boolean isReadable() {
        return status == Status.ACTIVE || status == Status.UPDATING;
    }
}
