package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/**
 * The bytes of a partition key in one tablespace: the unit of atomicity, and of placement by its {@link #hash}.
 *
 * <p>A value like a record. It is no record because it keeps its hash, which locks, engines and hash tables need again
 * and again for one key: a record has no field besides its components. The hash is computed when it is first needed, so
 * that keys whose hash is never needed, such as those of most rows of a sweep, do not pay for it.
 */
public final class PartitionKey {
    /** Four components of 2,048 bytes each, every byte escaped, and room for their terminators. */
    public static final int MAX_KEY = 32_767;

    private final TablespaceId tablespace;
    private final Bytes key;

    /**
     * The hash, or 0, which no key has, before it is first needed. Threads that race compute the same number. Volatile,
     * since another {@code long} may be read half written.
     */
    private volatile long hash;

    /** @param key at most {@link #MAX_KEY} bytes; may be empty */
    public PartitionKey(TablespaceId tablespace, Bytes key) {
        if (key.length() > MAX_KEY) {
            throw new IllegalArgumentException("keyLength=" + key.length());
        }
        this.tablespace = tablespace;
        this.key = key;
    }

    public TablespaceId tablespace() {
        return tablespace;
    }

    public Bytes key() {
        return key;
    }

    /** The position of the partition among those of its tablespace, as an unsigned number. */
    public long hash() {
        long known = hash;
        if (known == 0) {
            known = PartitionHash.of(key);
            hash = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof PartitionKey that && tablespace.equals(that.tablespace) && key.equals(that.key));
    }

    @Override
    public int hashCode() {
        return 31 * tablespace.hashCode() + Long.hashCode(hash());
    }

    @Override
    public String toString() {
        return "PartitionKey[tablespace=" + tablespace + ", key=" + key + "]";
    }
}
