package io.gramme.server.table;

import io.gramme.core.index.Index;
import java.time.Instant;
import java.util.Optional;

/**
 * A secondary index of a table, as it is now.
 *
 * @param index what it makes of an item
 * @param place where its entries are: for a local index its ordinal (from 0) among the table's local indexes, for a
 *     global index the number of its store
 * @param backfilling present while entries for items from before the index are being made, or about to be
 * @param capacity of its own if the index is global; a local index consumes its table's
 */
public record SecondaryIndex(Index index, long place, Status status, Optional<Boolean> backfilling, Capacity capacity) {

    public enum Status {
        CREATING,
        UPDATING,
        DELETING,
        ACTIVE
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

    /** What a write does with the entry of the item it changes. */
    public enum Upkeep {
        /** Leaves it as it is. */
        NONE,
        /** Takes away what may be there, and puts nothing. */
        CLEAR,
        /** Makes it what the item is. */
        KEEP
    }

    /**
     * An index comes in three steps, because writers that have come to know of a step work beside others that have not.
     * Were entries kept from the first step on, one who does not know the index could change an item behind its entry,
     * and nothing would ever mend that. So at first entries are only cleared: as long as one is under way who knows
     * nothing of the index, there are none. Then they are kept, beside others who clear them: what is there is right, and
     * what is missing is made by the filling, which begins when everybody keeps them.
     */
    public Upkeep upkeep() {
        return switch (status) {
            case CREATING -> backfilling.orElse(true) ? Upkeep.KEEP : Upkeep.CLEAR;
            case ACTIVE, UPDATING -> Upkeep.KEEP;
            case DELETING -> Upkeep.NONE;
        };
    }

    /** Whether writers heed its rules: from the moment it is being made until it is being deleted. */
    public boolean isMaintained() {
        return status != Status.DELETING;
    }

    /** Whether it can be read. */
    public boolean isReadable() {
        return status == Status.ACTIVE || status == Status.UPDATING;
    }

    /** Whether its making has not come to the backfilling. */
    boolean isBeingAllocated() {
        return status == Status.CREATING && !backfilling.orElse(false);
    }

    /** Whether it waits for its table to settle. */
    boolean isPending() {
        return switch (status) {
            case CREATING -> isBeingAllocated() || capacity.isPending();
            case UPDATING, DELETING -> true;
            case ACTIVE -> capacity.isPending();
        };
    }

    /**
     * The index as it is when its table has settled. One that was made with its table is complete; one that was added
     * has yet to be filled.
     */
    SecondaryIndex settled(Instant now) {
        SecondaryIndex settled = with(capacity.settled(now));
        return switch (status) {
            case CREATING ->
                backfilling.isPresent() ? settled.withBackfilling(Optional.of(true)) : settled.with(Status.ACTIVE);
            case UPDATING -> settled.with(Status.ACTIVE);
            case ACTIVE, DELETING -> settled;
        };
    }

    SecondaryIndex withPlace(long newPlace) {
        return new SecondaryIndex(index, newPlace, status, backfilling, capacity);
    }

    SecondaryIndex with(Status newStatus) {
        return new SecondaryIndex(index, place, newStatus, backfilling, capacity);
    }

    SecondaryIndex withBackfilling(Optional<Boolean> newBackfilling) {
        return new SecondaryIndex(index, place, status, newBackfilling, capacity);
    }

    SecondaryIndex with(Capacity newCapacity) {
        return new SecondaryIndex(index, place, status, backfilling, newCapacity);
    }
}
