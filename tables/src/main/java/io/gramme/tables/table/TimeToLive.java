package io.gramme.tables.table;

import io.gramme.core.index.Expiry;
import io.gramme.storage.TablespaceId;
import java.time.Instant;

/**
 * The time-to-live setting of a table: whether its items expire, and by which attribute. While they do, an index orders
 * the items by their expiry times; it is created and deleted like any other.
 *
 * @param tablespace of that index
 * @param changed when a client last enabled or disabled it
 */
public record TimeToLive(String attribute, TablespaceId tablespace, Status status, Instant changed)
        implements OnlineIndex {

    public enum Status {
        /** Writers are learning of the index. */
        ENABLING,
        /** Writers maintain the index, and the backfill adds the earlier items. */
        FILLING,
        ENABLED,
        /** Writers are learning that the index is not maintained any more. */
        DISABLING,
        DISABLED
    }

    public Expiry expiry() {
        return new Expiry(attribute);
    }

    /** Whether expired items are deleted. */
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

    /** Whether it waits for users of an older version of its table. */
    boolean isPending() {
        return switch (status) {
            case ENABLING, DISABLING -> true;
            case FILLING, ENABLED, DISABLED -> false;
        };
    }

    /** The setting once every writer knows of it. */
    TimeToLive settled() {
        return switch (status) {
            case ENABLING -> with(Status.FILLING);
            case DISABLING -> with(Status.DISABLED);
            case FILLING, ENABLED, DISABLED -> this;
        };
    }

    TimeToLive with(Status newStatus) {
        return new TimeToLive(attribute, tablespace, newStatus, changed);
    }
}
