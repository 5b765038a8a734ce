package io.gramme.tables.capacity;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.TokenLeases.Lease;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one table, or one global index, has consumed on this server, and may consume now. A local index consumes its
 * table's. Counted since the process began. Safe for use by many threads.
 */
public final class Meter {
    private final Tokens.Source source;
    private final Flow reads;
    private final Flow writes;
    private final Map<Integer, PartitionMeter> partitions = new ConcurrentHashMap<>(4);

    /** That of the version of the table which was charged last. */
    private volatile @Nullable Metered latest;

    Meter(Tokens.Source source) {
        this.source = source;
        this.reads = new Flow(source);
        this.writes = new Flow(source);
    }

    @Nullable Metered latest() {
        return latest;
    }

    void latest(Metered charged) {
        latest = charged;
    }

    Flow flow(Kind kind) {
        return kind == Kind.READ ? reads : writes;
    }

    /** The meter of a partition, open or not. That of a child begins with what is known of its parent. */
    public PartitionMeter partition(Partition partition) {
        PartitionMeter meter = partitions.get(partition.id());
        if (meter != null) {
            return meter;
        }
        Optional<PartitionMeter> parent = partition.parent().map(partitions::get);
        return partitions.computeIfAbsent(
                partition.id(),
                _ -> parent.map(known -> known.child(partition)).orElseGet(() -> new PartitionMeter(source)));
    }

    /** Passes the meter of each partition that was used to {@code each}, with the partition's id. */
    public void forEachPartition(BiConsumer<Integer, PartitionMeter> each) {
        partitions.forEach(each);
    }

    /** Half units. */
    public long consumed(Kind kind) {
        return flow(kind).consumed();
    }

    /** The requests refused for a cause, each item of a batch by itself. */
    public long refused(Kind kind, Cause cause) {
        return flow(kind).refused(cause);
    }

    /** The leases that the table or index, and its partitions, take their tokens from. */
    List<Lease> leases(ThroughputMode mode, Kind kind, Limit limit, long age) {
        Bytes name = Bytes.of(kind == Kind.READ ? 0 : 1);
        List<Lease> leases = new ArrayList<>(flow(kind).leases(limit, name, age));
        partitions.forEach((id, partition) -> leases.addAll(
                partition.flow(kind).leases(Limit.ofPartition(mode, kind), name.plus(Bytes.ofLong(id)), 1)));
        return leases;
    }

    /** The requests refused for any cause. */
    public long refused(Kind kind) {
        long refused = 0;
        for (Cause cause : Cause.values()) {
            refused += refused(kind, cause);
        }
        return refused;
    }

    /** The most half units that a second of the last half hour has consumed; 0 where capacity does not grow by that. */
    long peak(Kind kind, long now) {
        return flow(kind).peak(now);
    }

    /** Forgets the partitions that are not among these. */
    void retain(Iterable<Partition> remaining) {
        var ids = new HashSet<Integer>();
        remaining.forEach(partition -> ids.add(partition.id()));
        partitions.keySet().retainAll(ids);
    }
}
