package io.gramme.tables.partition;

import io.gramme.storage.TablespaceId;

/** Where to learn what tables have lately consumed, on all servers. */
@FunctionalInterface
public interface Heat {
    /** Nothing is known about any table. */
    Heat UNKNOWN = _ -> TableHeat.NONE;

    /** What a table or a global index has consumed. */
    TableHeat of(TablespaceId tablespace);
}
