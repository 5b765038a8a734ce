package io.gramme.tables.capacity;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.Partition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one table, or one global index, has consumed on this server, and may consume now. A local index consumes its
 * table's. Counted since the process began. Safe for use by many threads.
 */
public final class Meter {
    private final Flow reads = new Flow();
    private final Flow writes = new Flow();
    private final Map<Integer, PartitionMeter> partitions = new ConcurrentHashMap<>(4);

    Flow flow(Kind kind) {
        return kind == Kind.READ ? reads : writes;
    }

    /** The meter of a partition, open or not. */
    public PartitionMeter partition(Partition partition) {
        PartitionMeter meter = partitions.get(partition.id());
        return meter == null ? partitions.computeIfAbsent(partition.id(), _ -> new PartitionMeter()) : meter;
    }

    /** Half units. */
    public long consumed(Kind kind) {
        return flow(kind).consumed();
    }

    /** The requests refused for a cause, each item of a batch by itself. */
    public long refused(Kind kind, Cause cause) {
        return flow(kind).refused(cause);
    }

    /** Forgets the partitions that are not among these. */
    void retain(Iterable<Partition> remaining) {
        var ids = new java.util.HashSet<Integer>();
        remaining.forEach(partition -> ids.add(partition.id()));
        partitions.keySet().retainAll(ids);
    }
}
