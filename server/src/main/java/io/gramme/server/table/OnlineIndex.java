package io.gramme.server.table;

/** An index of a table's items that can come and go while the items are read and written. */
public sealed interface OnlineIndex permits SecondaryIndex, TimeToLive {

    /** The number of its store, if it has one. */
    long place();

    IndexMaintenance maintenance();

    /** Whether entries for items from before it are being made. */
    boolean isFilling();

    /** Whether it was given up, and writers are about to know. */
    boolean isLeaving();
}
