package io.gramme.tables.table;

import io.gramme.core.index.Index;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionTime;
import java.time.Instant;
import java.util.Optional;

/**
 * One snapshot of a secondary index of a table.
 *
 * @param index how an item maps to its entry
 * @param location of its entries, according to its scope
 * @param backfilling present while the index's backfill is running or about to begin
 * @param capacity of its own if the index is global; a local index consumes its table's
 * @param complete at this version and later ones it has an entry for every item
 */
public record SecondaryIndex(
        Index index,
        IndexLocation location,
        Status status,
        Optional<Boolean> backfilling,
        Capacity capacity,
        long complete)
        implements OnlineIndex {

    public enum Status {
        CREATING,
        UPDATING,
        DELETING,
        ACTIVE
    }

    public SecondaryIndex {
        if ((index.scope() == Index.Scope.LOCAL) != (location instanceof IndexLocation.Local)) {
            throw new IllegalArgumentException("index=" + index.name() + " location=" + location);
        }
    }

    /** An index that is complete from the beginning on, unless it is backfilled. */
    public SecondaryIndex(
            Index index, IndexLocation location, Status status, Optional<Boolean> backfilling, Capacity capacity) {
        this(index, location, status, backfilling, capacity, 0);
    }

    public String name() {
        return index.name();
    }

    public Throughput throughput() {
        return capacity.throughput();
    }

    public boolean isLocal() {
        return index.scope() == Index.Scope.LOCAL;
    }

    /** Only global indexes have a tablespace. */
    @Override
    public TablespaceId tablespace() {
        return switch (location) {
            case IndexLocation.Global(var tablespace, var _) -> tablespace;
            case IndexLocation.Local _ ->
                throw new IllegalStateException("a local index has no tablespace: index=" + name());
        };
    }

    @Override
    public IndexMaintenance maintenance() {
        return switch (status) {
            case CREATING -> backfilling.orElse(true) ? IndexMaintenance.MAINTAIN : IndexMaintenance.DELETE_ONLY;
            case ACTIVE, UPDATING -> IndexMaintenance.MAINTAIN;
            case DELETING -> IndexMaintenance.DISABLED;
        };
    }

    /** Whether writers apply its rules: from its creation until its deletion begins. */
    public boolean isMaintained() {
        return status != Status.DELETING;
    }

    @Override
    public boolean isFilling() {
        return status == Status.CREATING && backfilling.orElse(false);
    }

    @Override
    public boolean isLeaving() {
        return status == Status.DELETING;
    }

    /** Whether it can be read. */
    public boolean isReadable() {
        return status == Status.ACTIVE || status == Status.UPDATING;
    }

    /** Whether it is being created and its backfill has not begun. */
    public boolean isBeingAllocated() {
        return status == Status.CREATING && !backfilling.orElse(false);
    }

    /** Whether it still waits for its table to settle. */
    boolean isPending() {
        return switch (status) {
            case CREATING ->
                isBeingAllocated() || capacity.isPending() || partitions().isPending();
            case UPDATING, DELETING -> true;
            case ACTIVE -> capacity.isPending() || partitions().isPending();
        };
    }

    /**
     * The index after its table has settled. An index created with its table is complete; one that was added later has
     * yet to be backfilled.
     *
     * @param version the highest that requests with an older version of the table may have written
     */
    SecondaryIndex settled(Instant now, long version) {
        SecondaryIndex settled = with(capacity.settled(now)).with(partitions().settled(version));
        return switch (status) {
            case CREATING ->
                backfilling.isPresent() ? settled.withBackfilling(Optional.of(true)) : settled.with(Status.ACTIVE);
            case UPDATING -> settled.with(Status.ACTIVE);
            case ACTIVE, DELETING -> settled;
        };
    }

    /** The partitions of its own if the index is global; none if it is local, and its entries lie with their items. */
    public PartitionMap partitions() {
        return switch (location) {
            case IndexLocation.Local _ -> PartitionMap.NONE;
            case IndexLocation.Global(var _, var partitions) -> partitions;
        };
    }

    /** A new global index in its tablespace, with the partitions that its throughput needs. */
    public SecondaryIndex placed(TablespaceId tablespace, Instant now) {
        return with(tablespace, PartitionMap.create(capacity.warm(), VersionTime.versionAt(now)));
    }

    /** The index with other partitions, of which a local one has none. */
    public SecondaryIndex with(PartitionMap others) {
        return isLocal() ? this : with(tablespace(), others);
    }

    private SecondaryIndex with(TablespaceId tablespace, PartitionMap partitions) {
        var global = new IndexLocation.Global(tablespace, partitions);
        return new SecondaryIndex(index, global, status, backfilling, capacity, complete);
    }

    public SecondaryIndex with(Status newStatus) {
        return new SecondaryIndex(index, location, newStatus, backfilling, capacity, complete);
    }

    public SecondaryIndex withBackfilling(Optional<Boolean> newBackfilling) {
        return new SecondaryIndex(index, location, status, newBackfilling, capacity, complete);
    }

    public SecondaryIndex with(Capacity newCapacity) {
        return new SecondaryIndex(index, location, status, backfilling, newCapacity, complete);
    }

    /** The index after its backfill, which ended at a version. */
    SecondaryIndex filled(long version) {
        return new SecondaryIndex(index, location, Status.ACTIVE, Optional.empty(), capacity, version);
    }
}
