package io.gramme.tables.partition;

import io.gramme.tables.table.Partition;

/**
 * A split that is due.
 *
 * @param last the last hash of the first child; the partition has hashes after it
 */
record Split(Partition partition, long last) {
    static Split inTheMiddle(Partition partition) {
        return new Split(partition, partition.middle());
    }
}
