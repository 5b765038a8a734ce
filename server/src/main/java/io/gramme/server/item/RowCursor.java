package io.gramme.server.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The stored form of a row of a known tablespace: the length of its partition key (4), the partition key, the sort bytes. */
final class RowCursor {
    private RowCursor() {}

    static Bytes encode(RowKey row) {
        Bytes partition = row.partition().key();
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES).putInt(partition.length()).array();
        return Bytes.wrap(length).plus(partition).plus(row.sort());
    }

    static RowKey decode(TablespaceId tablespace, Bytes cursor) {
        int sort = Integer.BYTES + ByteBuffer.wrap(cursor.shared()).getInt();
        byte[] partition = Arrays.copyOfRange(cursor.shared(), Integer.BYTES, sort);
        return new RowKey(new PartitionKey(tablespace, Bytes.wrap(partition)), cursor.from(sort));
    }
}
