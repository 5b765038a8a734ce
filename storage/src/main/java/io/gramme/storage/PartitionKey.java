package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/**
 * The bytes of a partition key in one tablespace: the unit of atomicity, and of placement by its {@link #hash}.
 *
 * @param key at most {@link #MAX_KEY} bytes; may be empty
 */
public record PartitionKey(TablespaceId tablespace, Bytes key) {
    /** Four components of 2,048 bytes each, every byte escaped, and room for their terminators. */
    public static final int MAX_KEY = 32_767;

    public PartitionKey {
        if (key.length() > MAX_KEY) {
            throw new IllegalArgumentException("keyLength=" + key.length());
        }
    }

    /** The position of the partition among those of its tablespace, as an unsigned number. */
    public long hash() {
        return PartitionHash.of(key);
    }
}
