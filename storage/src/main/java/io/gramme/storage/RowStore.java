package io.gramme.storage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store of byte rows in partitions; the rows of a partition are sorted by unsigned bytes. An engine is any
 * implementation that passes {@code RowStoreContract}; it knows nothing of DynamoDB.
 *
 * <p>Safe for use by many threads, virtual ones among them. An engine that cannot fulfil a request, or has been closed,
 * throws {@link StorageException}; the write in question is then either wholly stored or not at all, and only a read
 * can tell which.
 */
public interface RowStore extends AutoCloseable {

    /** The row at {@code key}; with {@link Consistency#STRONG}, as of every write acknowledged before the call. */
    Optional<Row> get(RowKey key, Consistency consistency);

    /**
     * The rows at these keys, in their order, each as {@link #get} returns it; together they need not be as of one
     * moment. An engine reads many at once where that is faster. The caller bounds how many there are, and with that
     * the memory that the answer takes.
     */
    default List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return keys.stream().map(key -> get(key, consistency)).toList();
    }

    /**
     * The rows of a partition that lie in {@code range}, in key order or against it, as far as the budget goes. The
     * writes of one transaction in the partition are wholly in the page or not at all.
     */
    Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency);

    /**
     * The rows of one kind over many partitions of a tablespace, in the order of the partitions' hashes, then of the
     * rows' sort bytes, as far as the budget goes. Partitions of equal hash follow one another, always in the same
     * order. The writes of one transaction in a partition are wholly in the page or not at all.
     */
    Page sweep(HashRange range, Budget budget, Consistency consistency);

    /**
     * Reads the rows named by {@code reads}, runs the transition on them, and writes its outcome: all of it or nothing,
     * serializable against every other transaction that touches one of these rows. When this returns, the writes are as
     * durable as the engine promises. If the transition throws, nothing is written and the exception passes through
     * unchanged: this is how a condition refuses a write.
     *
     * <p>The transition may run more than once. It may write rows of the partitions named in {@code reads}. It may
     * write rows of other partitions only where they follow from a row it read and no other transaction writes them
     * (entries of a global index): an engine may apply those later, in the order of the row versions they follow from.
     * Records that it appends to logs, and images that it retains, are there if its writes are.
     *
     * @throws OutOfSpaceException if the disk has no room for the writes
     */
    <R> R transact(Set<RowKey> reads, Transition<R> transition);

    /**
     * Whether a transaction over several partitions takes many times as long as one in each of them, because they lie
     * on several machines. A caller that does not need them in one transaction should then use several.
     */
    default boolean isDistributed() {
        return false;
    }

    /** The log records that transactions appended. */
    ChangeLog changes();

    /** The images of rows that transactions retained. */
    RowHistory history();

    /**
     * The age of the oldest row that {@link #transact} has yet to apply: by how much a global index may be behind its
     * table. Zero where every row is written with its commit.
     */
    Duration lag();

    /** The disk space of this process on which the store lies; empty if it lies on no disk of this process. */
    default Optional<DiskSpace> disk() {
        return Optional.empty();
    }

    /** Why the store refuses writes at present, as one sentence for an operator; empty if it accepts them. */
    default Optional<String> writesRefused() {
        return Optional.empty();
    }

    /**
     * Deletes every row, every log and the history of a tablespace, in time that does not grow with their number. No
     * caller may be reading or writing the tablespace, and its number is never used again.
     */
    void drop(TablespaceId tablespace);

    @Override
    void close();
}
