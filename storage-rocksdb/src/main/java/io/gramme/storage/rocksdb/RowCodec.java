package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Encodes rows as keys and values of the database.
 *
 * <pre>
 * key:    tablespace (8) | hash of the partition key (8) | its length (2) | partition key | sort bytes
 * value:  version (8) | value
 * </pre>
 *
 * <p>Numbers are big endian. So the rows of a tablespace lie together, in the order of their partitions' hashes, the
 * rows of a partition in the order of their sort bytes, and no key that begins with a partition's prefix is of another
 * partition.
 */
final class RowCodec {
    private static final int PARTITION_KEY_AT = Long.BYTES + Long.BYTES + Short.BYTES;

    private RowCodec() {}

    static Bytes key(RowKey key) {
        return position(key.partition(), key.sort());
    }

    /** The common prefix of all rows of a partition. */
    static Bytes prefix(PartitionKey partition) {
        return position(partition, Bytes.EMPTY);
    }

    /** The key that a row of the partition with these sort bytes would have. */
    static Bytes position(PartitionKey partition, Bytes sort) {
        byte[] key = new byte[PARTITION_KEY_AT + partition.key().length() + sort.length()];
        ByteBuffer.wrap(key)
                .putLong(partition.tablespace().number())
                .putLong(partition.hash())
                .putShort((short) partition.key().length())
                .put(partition.key().shared())
                .put(sort.shared());
        return Bytes.wrap(key);
    }

    /** The common prefix of all rows of a tablespace. */
    static Bytes prefix(TablespaceId tablespace) {
        return Bytes.ofLong(tablespace.number());
    }

    /** The position of the first row that a sweep may meet. */
    static Bytes begin(HashRange range) {
        Bytes first = prefix(range.tablespace(), range.from());
        Bytes behind = range.after().map(row -> key(row).next()).orElse(first);
        return behind.compareTo(first) > 0 ? behind : first;
    }

    /** The position after the last row that a sweep may meet. */
    static Bytes end(HashRange range) {
        return prefix(range.tablespace(), range.to()).afterPrefix();
    }

    private static Bytes prefix(TablespaceId tablespace, long hash) {
        return Bytes.ofLong(tablespace.number()).plus(Bytes.ofLong(hash));
    }

    /** The tablespace of the row at {@code key}. */
    static TablespaceId tablespace(Bytes key) {
        return new TablespaceId(key.longAt(0));
    }

    /** The partition of a row of a tablespace that was found at {@code key}. */
    static PartitionKey partition(TablespaceId tablespace, byte[] key) {
        int end = sortAt(key);
        return new PartitionKey(tablespace, Bytes.wrap(Arrays.copyOfRange(key, PARTITION_KEY_AT, end)));
    }

    /** The offset of the sort bytes in {@code key}. */
    static int sortAt(byte[] key) {
        int at = key.length < PARTITION_KEY_AT
                ? key.length
                : PARTITION_KEY_AT + ByteBuffer.wrap(key).getShort(PARTITION_KEY_AT - Short.BYTES);
        if (at < PARTITION_KEY_AT || at >= key.length) {
            throw new StorageException("row has a damaged key: key=" + Bytes.copyOf(key));
        }
        return at;
    }

    static int valueLength(Bytes value) {
        return Long.BYTES + value.length();
    }

    static void putValue(ByteBuffer target, long version, Bytes value) {
        target.putLong(version).put(value.shared());
    }

    static Row row(RowKey key, byte[] stored) {
        return row(key, stored, stored.length);
    }

    /** @param length of the stored value, which may lie in a longer array */
    static Row row(RowKey key, byte[] stored, int length) {
        if (length < Long.BYTES) {
            throw new StorageException(
                    "row has a damaged value: tablespace=" + key.partition().tablespace() + " key=" + key(key));
        }
        Bytes value = Bytes.wrap(Arrays.copyOfRange(stored, Long.BYTES, length));
        return new Row(key, value, ByteBuffer.wrap(stored).getLong());
    }
}
