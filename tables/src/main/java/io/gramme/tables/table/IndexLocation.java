package io.gramme.tables.table;

import io.gramme.storage.TablespaceId;

/** Where the entries of a secondary index are stored. */
public sealed interface IndexLocation {
    /**
     * In the partitions of the table's items.
     *
     * @param ordinal of the index, from 0, among the local indexes of its table
     */
    record Local(int ordinal) implements IndexLocation {
        public Local {
            if (ordinal < 0) {
                throw new IllegalArgumentException("ordinal=" + ordinal);
            }
        }
    }

    /** In a tablespace of the index's own, which is divided into partitions of its own. */
    record Global(TablespaceId tablespace, PartitionMap partitions) implements IndexLocation {}
}
