package io.gramme.storage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of bytes in partitions; the rows of a partition are sorted by unsigned bytes. An engine is whatever passes
 * {@code RowStoreContract}, and knows nothing of DynamoDB.
 *
 * <p>Safe for use by many threads, virtual ones among them. An engine that cannot do what is asked, or has been closed,
 * throws {@link StorageException}; what it was asked to write is then either wholly there or not at all, and only a read
 * can tell which.
 */
public interface RowStore extends AutoCloseable {

    /** The row at {@code key}; with {@link Consistency#STRONG}, as of every write acknowledged before the call. */
    Optional<Row> get(RowKey key, Consistency consistency);

    /**
     * The rows at these keys, in their order, each as {@link #get} gives it; together they need not be as of one moment. An
     * engine asks for many at once where that is quicker. The caller bounds how many there are, and with that the memory
     * that the answer takes.
     */
    default List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return keys.stream().map(key -> get(key, consistency)).toList();
    }

    /**
     * The rows of a partition that lie in {@code range}, in key order or against it, as far as the budget goes. What one
     * transaction wrote in the partition is wholly in the page or not at all.
     */
    Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency);

    /**
     * The rows of one kind over many partitions of a store, in the order of the partitions' hashes, then of the rows' sort
     * bytes, as far as the budget goes. Partitions of equal hash follow one another, always in the same order. What one
     * transaction wrote in a partition is wholly in the page or not at all.
     */
    Page sweep(HashRange range, Budget budget, Consistency consistency);

    /**
     * Reads the rows named by {@code reads}, runs the transition on what they hold, and writes what it decides: all of
     * it or nothing, serializable against every other transaction that touches one of these rows. When this returns,
     * the writes are as durable as the engine promises. If the transition throws, nothing is written and the exception
     * passes through unchanged: so a condition refuses a write.
     *
     * <p>The transition may be run more than once. It may write rows of the partitions it named in {@code reads}; rows
     * of other partitions only where they follow from a row it read and no other transaction writes them (entries of
     * a global index): an engine may apply those later, in the order of the row versions they follow from. Records that
     * it appends to logs are there if its writes are.
     *
     * @throws OutOfSpaceException if the disk has no room for the writes
     */
    <R> R transact(Set<RowKey> reads, Transition<R> transition);

    /**
     * Whether a transaction over several partitions takes many times as long as one in each of them, because they lie on several
     * machines. Whoever does not need them together had better not ask for them together then.
     */
    default boolean isDistributed() {
        return false;
    }

    /** What transactions appended to logs. */
    ChangeLog changes();

    /**
     * For how long rows have been waiting that {@link #transact} applies later than the rest, the oldest of them: by how
     * much a global index may be behind its table. Zero where everything is there with its commit.
     */
    Duration lag();

    /** The room on the disk of this process that the store lies on, if it lies on one. */
    default Optional<DiskSpace> disk() {
        return Optional.empty();
    }

    /** Why the store takes no writes at present, as one sentence for an operator; nothing if it takes them. */
    default Optional<String> writesRefused() {
        return Optional.empty();
    }

    /**
     * Forgets every row and every log of a store, in time that does not grow with their number. Nobody may be reading or writing the
     * store, and its id is never used again.
     */
    void drop(long store);

    @Override
    void close();
}
