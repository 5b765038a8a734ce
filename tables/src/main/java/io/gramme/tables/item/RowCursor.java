package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.util.Arrays;

/**
 * The stored form of a row of a known tablespace: the length of its partition key (4), the partition key, the sort
 * bytes.
 */
final class RowCursor {
    private RowCursor() {}

    static Bytes encode(RowKey row) {
        Bytes partition = row.partition().key();
        return Bytes.ofInt(partition.length()).plus(partition).plus(row.sort());
    }

    /** Whether {@link #decode} makes of these bytes the key of a row of this kind. */
    static boolean isCursor(Bytes given, int kind) {
        if (given.length() < Integer.BYTES) {
            return false;
        }
        long sort = (long) Integer.BYTES + given.intAt(0);
        return sort > Integer.BYTES && sort < given.length() && given.at((int) sort) == kind;
    }

    static RowKey decode(TablespaceId tablespace, Bytes cursor) {
        int sort = Integer.BYTES + cursor.intAt(0);
        byte[] partition = Arrays.copyOfRange(cursor.shared(), Integer.BYTES, sort);
        return new RowKey(new PartitionKey(tablespace, Bytes.wrap(partition)), cursor.from(sort));
    }
}
