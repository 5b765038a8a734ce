package io.gramme.storage.memory;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;

/**
 * The position of a row, or of the gap before a row, among the rows of its tablespace: by the partition's hash, then
 * its key, then the sort bytes, all unsigned.
 *
 * @param sort empty only for the gap before a partition's first row
 */
record Place(long hash, Bytes key, Bytes sort) implements Comparable<Place> {
    static Place of(RowKey row) {
        return of(row.partition(), row.sort());
    }

    static Place of(PartitionKey partition, Bytes sort) {
        return new Place(partition.hash(), partition.key(), sort);
    }

    static Place beforeHash(long hash) {
        return new Place(hash, Bytes.EMPTY, Bytes.EMPTY);
    }

    /** The position before the first row of this kind in the same partition. */
    Place beforeKind(int kind) {
        return new Place(hash, key, Bytes.of(kind));
    }

    /** The position after the last row of the same partition. */
    Place behindPartition() {
        return new Place(hash, key.next(), Bytes.EMPTY);
    }

    int kind() {
        return sort.at(0);
    }

    /** The order of the partitions of a tablespace. */
    static int comparePartitions(PartitionKey one, PartitionKey other) {
        return of(one, Bytes.EMPTY).compareTo(of(other, Bytes.EMPTY));
    }

    @Override
    public int compareTo(Place other) {
        int byHash = Long.compareUnsigned(hash, other.hash);
        if (byHash != 0) {
            return byHash;
        }
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : sort.compareTo(other.sort);
    }
}
