package io.gramme.server.table;

import io.gramme.core.index.Expiry;
import java.time.Instant;

/**
 * Whether the items of a table expire, and by which attribute. While they do, an index orders them by the time at which
 * they expire; it comes and goes like any other.
 *
 * @param place the store of that index
 * @param changed when a client last enabled or disabled it
 */
public record TimeToLive(String attribute, long place, Status status, Instant changed) implements OnlineIndex {

    public enum Status {
        /** Writers come to know of the index. */
        ENABLING,
        /** They keep it, and the items from before it are added. */
        FILLING,
        ENABLED,
        /** Writers come to know that the index is not kept any more. */
        DISABLING,
        DISABLED
    }

    public Expiry expiry() {
        return new Expiry(attribute);
    }

    /** Whether items are deleted that have expired. */
    public boolean isEnabled() {
        return status == Status.ENABLED;
    }

    @Override
    public IndexMaintenance maintenance() {
        return switch (status) {
            case ENABLING -> IndexMaintenance.DELETE_ONLY;
            case FILLING, ENABLED -> IndexMaintenance.MAINTAIN;
            case DISABLING, DISABLED -> IndexMaintenance.DISABLED;
        };
    }

    @Override
    public boolean isFilling() {
        return status == Status.FILLING;
    }

    @Override
    public boolean isLeaving() {
        return status == Status.DISABLING;
    }

    /** Whether it waits for those who know its table otherwise. */
    boolean isPending() {
        return switch (status) {
            case ENABLING, DISABLING -> true;
            case FILLING, ENABLED, DISABLED -> false;
        };
    }

    /** As it is when everybody knows of it. */
    TimeToLive settled() {
        return switch (status) {
            case ENABLING -> with(Status.FILLING);
            case DISABLING -> with(Status.DISABLED);
            case FILLING, ENABLED, DISABLED -> this;
        };
    }

    TimeToLive with(Status newStatus) {
        return new TimeToLive(attribute, place, newStatus, changed);
    }
}
