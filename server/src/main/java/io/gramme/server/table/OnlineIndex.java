package io.gramme.server.table;

/** An index of a table's items that can be created and deleted while the items are read and written. */
public sealed interface OnlineIndex permits SecondaryIndex, TimeToLive {

    /** The number of its tablespace, if it has one. */
    long place();

    IndexMaintenance maintenance();

    /** Whether its backfill is running. */
    boolean isFilling();

    /** Whether it is being deleted, and writers are about to learn of it. */
    boolean isLeaving();
}
