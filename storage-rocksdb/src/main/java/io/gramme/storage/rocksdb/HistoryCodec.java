package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.EscapedSort;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encodes images of rows as keys and values of the database.
 *
 * <pre>
 * key:    tablespace (8) | bucket (8) | place | version of the change (8)
 * place:  hash of the partition key (8) | its length (2) | partition key | sort bytes, 00 as 00 ff | 00 00
 * value:  00, if there was no such row, or 01 | value
 * </pre>
 *
 * <p>Numbers are big endian; a bucket is a span of versions, counted from 0. So the images of one span lie together,
 * and are deleted together; within it they have the order of their rows, and those of a row the order of its changes.
 * The end of the sort bytes sorts before every byte that may follow them, so a row sorts before those that it is a
 * prefix of.
 */
final class HistoryCodec {
    private static final int BUCKET_AT = Long.BYTES;
    private static final int PLACE_AT = BUCKET_AT + Long.BYTES;
    private static final int PARTITION_KEY_AT = Long.BYTES + Short.BYTES;
    private static final int NO_ROW = 0;
    private static final int ROW = 1;

    private HistoryCodec() {}

    static Bytes key(RowKey row, long bucket, long version) {
        return prefix(row.partition().tablespace(), bucket).plus(place(row)).plus(Bytes.ofLong(version));
    }

    /** The common prefix of all images of a bucket. */
    static Bytes prefix(TablespaceId tablespace, long bucket) {
        return Bytes.ofLong(tablespace.number()).plus(Bytes.ofLong(bucket));
    }

    static int valueLength(Optional<Bytes> before) {
        return 1 + before.map(Bytes::length).orElse(0);
    }

    static void putValue(ByteBuffer target, Optional<Bytes> before) {
        if (before.isEmpty()) {
            target.put((byte) NO_ROW);
            return;
        }
        target.put((byte) ROW).put(before.get().shared());
    }

    static Bytes place(RowKey row) {
        return place(row.partition(), row.sort());
    }

    static Bytes place(PartitionKey partition, Bytes sort) {
        return prefix(partition).plus(EscapedSort.of(sort));
    }

    /** The place before the rows of this kind in a partition. */
    static Bytes place(PartitionKey partition, int kind) {
        return prefix(partition).plus(EscapedSort.of(Bytes.of(kind)));
    }

    /** The common prefix of the places of a partition. */
    static Bytes prefix(PartitionKey partition) {
        return Bytes.wrap(ByteBuffer.allocate(PARTITION_KEY_AT + partition.key().length())
                .putLong(partition.hash())
                .putShort((short) partition.key().length())
                .put(partition.key().shared())
                .array());
    }

    /** The place before the rows of a sweep. */
    static Bytes begin(HashRange range) {
        Bytes first = Bytes.ofLong(range.from());
        Bytes behind = range.after().map(row -> place(row).afterPrefix()).orElse(first);
        return behind.compareTo(first) > 0 ? behind : first;
    }

    /** The place after the rows of a sweep; empty for the end of the bucket. */
    static Bytes end(HashRange range) {
        return Bytes.ofLong(range.to()).afterPrefix();
    }

    static long bucket(byte[] key) {
        requireLength(key);
        return ByteBuffer.wrap(key).getLong(BUCKET_AT);
    }

    static Bytes place(byte[] key) {
        requireLength(key);
        return Bytes.wrap(Arrays.copyOfRange(key, PLACE_AT, key.length - Long.BYTES));
    }

    static long version(byte[] key) {
        requireLength(key);
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    /** The kind of the row of an image. */
    static int kind(byte[] key) {
        return key[sortAt(key)] & 0xff;
    }

    /** The partition of the row of an image of a tablespace. */
    static PartitionKey partition(TablespaceId tablespace, byte[] key) {
        int end = sortAt(key);
        return new PartitionKey(tablespace, Bytes.wrap(Arrays.copyOfRange(key, PLACE_AT + PARTITION_KEY_AT, end)));
    }

    static PastRow pastRow(TablespaceId tablespace, byte[] key, byte[] value) {
        var row = new RowKey(partition(tablespace, key), EscapedSort.decode(key, sortAt(key), key.length - Long.BYTES));
        if (value.length == 0 || (value[0] != NO_ROW && value[0] != ROW)) {
            throw damaged(key);
        }
        Optional<Bytes> before = value[0] == ROW
                ? Optional.of(Bytes.wrap(Arrays.copyOfRange(value, 1, value.length)))
                : Optional.empty();
        return new PastRow(row, before, version(key));
    }

    private static int sortAt(byte[] key) {
        requireLength(key);
        int at = PLACE_AT + PARTITION_KEY_AT + ByteBuffer.wrap(key).getShort(PLACE_AT + Long.BYTES);
        if (at < PLACE_AT + PARTITION_KEY_AT || at >= key.length - Long.BYTES - EscapedSort.END_LENGTH) {
            throw damaged(key);
        }
        return at;
    }

    private static void requireLength(byte[] key) {
        if (key.length <= PLACE_AT + PARTITION_KEY_AT + EscapedSort.END_LENGTH + Long.BYTES) {
            throw damaged(key);
        }
    }

    private static StorageException damaged(byte[] key) {
        return new StorageException("image of a row is damaged: key=" + Bytes.copyOf(key));
    }
}
