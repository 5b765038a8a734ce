package io.gramme.tables.table;

import io.gramme.storage.HashRange;
import io.gramme.storage.TablespaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The partitions of a table or of a global index. The open ones divide all hashes of partition keys among them; the
 * others are those that were split, as long as something refers to them. Local indexes use the map of their table.
 *
 * <p>The map belongs to a version of its table: a request uses the map of the version that it has pinned. A split is a
 * change of the table like any other. It closes a partition in two steps, so that the highest version which the closed
 * partition can have is known ({@link Table#settled}).
 *
 * <p>No record, because {@link #at} needs the open partitions in the order of their hashes, sorted once.
 */
public final class PartitionMap {
    /** The most partitions that throughput alone makes: more than the quota of a table's throughput requires. */
    private static final int MOST_BY_THROUGHPUT = 64;

    /** The map of what has no partitions of its own. */
    public static final PartitionMap NONE = new PartitionMap(List.of());

    private final List<Partition> partitions;

    /** The open partitions in the order of their hashes. */
    private final List<Partition> open;

    /** The highest hash of each open partition, in the same order. */
    private final long[] ends;

    /** @param partitions in the order of their ids */
    PartitionMap(List<Partition> partitions) {
        this.partitions = List.copyOf(partitions);
        this.open = partitions.stream()
                .filter(Partition::isOpen)
                .sorted((one, other) -> Long.compareUnsigned(one.first(), other.first()))
                .toList();
        this.ends = open.stream().mapToLong(Partition::last).toArray();
    }

    /** The map of a new table or index, which serves {@code throughput}: ranges of equal width. */
    public static PartitionMap create(Throughput throughput, long version) {
        int count = partitionsFor(throughput);
        var partitions = new ArrayList<Partition>(count);
        for (int i = 0; i < count; i++) {
            // As segments of scans are divided, so that a scan in as many segments meets one partition in each.
            HashRange range = HashRange.segment(TablespaceId.CATALOG, 0, i, count);
            partitions.add(Partition.open(i, range.from(), range.to(), Optional.empty(), version));
        }
        return new PartitionMap(partitions);
    }

    /** The number of partitions that serve {@code throughput}. */
    public static int partitionsFor(Throughput throughput) {
        return Math.clamp(throughput.partitions(), 1, MOST_BY_THROUGHPUT);
    }

    /** All partitions, in the order of their ids: parents before their children. */
    public List<Partition> all() {
        return partitions;
    }

    /** The open partitions in the order of their hashes. */
    public List<Partition> open() {
        return open;
    }

    /** The open partition of a hash. */
    public Partition at(long hash) {
        return open.get(indexAt(hash));
    }

    /** The position in {@link #open} of the partition of a hash. */
    public int indexAt(long hash) {
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hash, ends[middle]) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    public Optional<Partition> find(int id) {
        return partitions.stream().filter(partition -> partition.id() == id).findFirst();
    }

    /** Whether some partition is being split. */
    boolean isPending() {
        return partitions.stream().anyMatch(partition -> partition.state() == Partition.State.SPLITTING);
    }

    /** The open partition with the most hashes. */
    public Partition widest() {
        return open.stream()
                .max(Comparator.comparing(Partition::width, Long::compareUnsigned))
                .orElseThrow();
    }

    /** Whether an open partition of this id can be divided further. */
    public boolean canSplit(int id) {
        return find(id).filter(partition -> partition.isOpen() && partition.width() != 0)
                .isPresent();
    }

    /**
     * The map with an open partition split into two.
     *
     * @param last the last hash of the first child; the parent has hashes after it
     * @param version the children's {@link Partition#since}
     */
    PartitionMap split(int id, long last, long version) {
        Partition parent = find(id).filter(
                        partition -> partition.isOpen() && partition.contains(last) && last != partition.last())
                .orElseThrow();
        int next = partitions.getLast().id() + 1;
        var changed = new ArrayList<Partition>(partitions);
        changed.replaceAll(partition -> partition.id() == id ? partition.splitting() : partition);
        changed.add(Partition.open(next, parent.first(), last, Optional.of(id), version));
        changed.add(Partition.open(next + 1, last + 1, parent.last(), Optional.of(id), version));
        return new PartitionMap(changed);
    }

    /**
     * The map once all requests have its current version: partitions that were split are closed.
     *
     * @param version the highest that requests with an older version of the map may have written
     */
    PartitionMap settled(long version) {
        return isPending()
                ? map(partition ->
                        partition.state() == Partition.State.SPLITTING ? partition.closed(version) : partition)
                : this;
    }

    /** The map once nothing is written any more, for the remaining readers of a log: every partition is closed. */
    PartitionMap closed(long version) {
        return map(partition -> partition.closed(version));
    }

    /** The partitions that were closed at or before a version. */
    public List<Partition> closedBy(long version) {
        return partitions.stream()
                .filter(partition ->
                        partition.until().filter(until -> until <= version).isPresent())
                .toList();
    }

    /** The map without the partitions that were closed at or before a version. */
    PartitionMap without(long version) {
        List<Partition> ended = closedBy(version);
        return ended.isEmpty()
                ? this
                : new PartitionMap(partitions.stream()
                        .filter(partition -> !ended.contains(partition))
                        .toList());
    }

    private PartitionMap map(UnaryOperator<Partition> change) {
        return new PartitionMap(partitions.stream().map(change).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionMap map && partitions.equals(map.partitions);
    }

    @Override
    public int hashCode() {
        return partitions.hashCode();
    }

    @Override
    public String toString() {
        return partitions.toString();
    }
}
