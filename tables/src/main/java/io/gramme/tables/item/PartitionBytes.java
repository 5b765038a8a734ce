package io.gramme.tables.item;

import io.gramme.tables.table.PartitionMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that a scan reads of each partition, from the one where its page begins to the one where it ends. A scan
 * visits partitions in the order of their hashes, and pays for each one that it visits, also if it finds nothing there
 * (measured: a Scan of an empty new on-demand table, which has four partitions, costs four units). For one thread.
 */
final class PartitionBytes {
    private final PartitionMap map;
    private int index;
    private final List<Long> bytes = new ArrayList<>();

    /** @param from the hash at which the page begins */
    PartitionBytes(PartitionMap map, long from) {
        this.map = map;
        this.index = map.indexAt(from);
        bytes.add(0L);
    }

    /** Adds an item whose hash is not below those of the items before it. */
    void add(long hash, long size) {
        visit(hash);
        bytes.set(bytes.size() - 1, bytes.getLast() + size);
    }

    /** Adds the partitions up to that of a hash, which is not below those of the items before it. */
    void visit(long hash) {
        while (Long.compareUnsigned(hash, map.open().get(index).last()) > 0) {
            index++;
            bytes.add(0L);
        }
    }

    List<Long> all() {
        return List.copyOf(bytes);
    }
}
