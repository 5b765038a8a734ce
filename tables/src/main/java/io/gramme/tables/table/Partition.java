package io.gramme.tables.table;

import java.util.Optional;

/**
 * A partition of a table or a global index: the range of the hashes of partition keys that it holds, and where it stands
 * in the lineage of splits. Its rows do not move when it is split; a partition is a unit of counting, of throughput, of
 * parallel work and of a log's shards, not of placement.
 *
 * @param id unique among all partitions that its {@link PartitionMap} ever had, growing in the order of creation
 * @param first the lowest hash, and {@code last} the highest, as unsigned numbers
 * @param parent the partition that was split to make this one
 * @param since the version that was current when it was opened: changes of its items that name it have later versions
 * @param until the highest version that changes which name it may have, once it is CLOSED
 */
public record Partition(
        int id, long first, long last, Optional<Integer> parent, long since, State state, Optional<Long> until) {

    /** What requests do with a partition. */
    public enum State {
        /** Requests use it. */
        OPEN,
        /** It has been split, but some requests may still use it, because they do not know its children yet. */
        SPLITTING,
        /** No request uses it any more. It is remembered while something refers to it, such as a shard of a log. */
        CLOSED
    }

    static Partition open(int id, long first, long last, Optional<Integer> parent, long since) {
        return new Partition(id, first, last, parent, since, State.OPEN, Optional.empty());
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    public boolean contains(long hash) {
        return Long.compareUnsigned(first, hash) <= 0 && Long.compareUnsigned(hash, last) <= 0;
    }

    /** The number of its hashes less one, unsigned: for comparisons. */
    public long width() {
        return last - first;
    }

    /** The last hash of its lower half: where it is split if nothing speaks for another place. */
    public long middle() {
        return first + Long.divideUnsigned(width(), 2);
    }

    /** The part of all hashes that it has, from 0 to 1. */
    public double share() {
        // The sign bit is the highest bit of an unsigned number.
        double width = (double) (width() >>> 1) * 2 + (width() & 1);
        return (width + 1) * 0x1p-64;
    }

    Partition splitting() {
        return new Partition(id, first, last, parent, since, State.SPLITTING, Optional.empty());
    }

    Partition closed(long version) {
        return state == State.CLOSED
                ? this
                : new Partition(id, first, last, parent, since, State.CLOSED, Optional.of(version));
    }
}
