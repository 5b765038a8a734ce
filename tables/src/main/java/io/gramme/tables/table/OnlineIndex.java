package io.gramme.tables.table;

import io.gramme.storage.TablespaceId;

/** An index of a table's items that can be created and deleted while the items are read and written. */
public sealed interface OnlineIndex permits SecondaryIndex, TimeToLive {

    /** The tablespace of its entries; a local index has none, and is never created or deleted alone. */
    TablespaceId tablespace();

    IndexMaintenance maintenance();

    /** Whether its backfill is running. */
    boolean isFilling();

    /** Whether it is being deleted, and writers are about to learn of it. */
    boolean isLeaving();
}
