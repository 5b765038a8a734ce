package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;

/**
 * The rows that are not sealed, because they hold what opens all others: wrapped keys. They have the kinds 0x50 to 0x57 of tablespace
 * 0. Each tablespace has a partition of its own for its keys, so that its assignment and its data keys change together.
 */
final class KeyRows {
    private static final int LOWEST = 0x50;
    private static final int HIGHEST = 0x57;
    static final PartitionKey SHARED = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("encryption keys"));
    private static final Bytes OF_TABLESPACE = Bytes.utf8("data keys ");
    static final Bytes TABLE_KEY = Bytes.of(0x51);
    static final Bytes DATA_KEY = Bytes.of(0x54);

    /** Whether the store is sealed. */
    static final RowKey MARK = new RowKey(SHARED, Bytes.of(LOWEST));

    private KeyRows() {}

    static boolean isClear(RowKey key) {
        int kind = key.sort().at(0);
        return kind >= LOWEST && kind <= HIGHEST && key.partition().tablespace().equals(TablespaceId.CATALOG);
    }

    /** A table key, with the tablespaces that are assigned to it. */
    static RowKey tableKey(Bytes id) {
        return new RowKey(SHARED, TABLE_KEY.plus(id));
    }

    static Bytes tableKeyId(RowKey tableKey) {
        return tableKey.sort().from(TABLE_KEY.length());
    }

    static PartitionKey partition(TablespaceId tablespace) {
        return new PartitionKey(TablespaceId.CATALOG, OF_TABLESPACE.plus(Bytes.ofLong(tablespace.number())));
    }

    /** The id of the table key of a tablespace. */
    static RowKey assignment(TablespaceId tablespace) {
        return new RowKey(partition(tablespace), Bytes.of(0x52));
    }

    /** How many data keys the tablespace ever had. */
    static RowKey count(TablespaceId tablespace) {
        return new RowKey(partition(tablespace), Bytes.of(0x53));
    }

    static RowKey dataKey(TablespaceId tablespace, int number) {
        return new RowKey(partition(tablespace), DATA_KEY.plus(Bytes.ofInt(number)));
    }

    static int number(RowKey dataKey) {
        return dataKey.sort().intAt(DATA_KEY.length());
    }
}
