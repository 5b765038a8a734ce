package io.gramme.storage;

import java.time.Duration;
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
public interface RowStore extends RowReader, AutoCloseable {

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

    /**
     * Whether nothing was ever written to the store: it is as it was made. May take as long as a read, and is asked before the store is
     * used.
     */
    default boolean isUnused() {
        return false;
    }

    /** The disk space of this process on which the store lies; empty if it lies on no disk of this process. */
    default Optional<DiskSpace> disk() {
        return Optional.empty();
    }

    /** Why the store refuses writes at present, as one sentence for an operator; empty if it accepts them. */
    default Optional<String> writesRefused() {
        return Optional.empty();
    }

    /**
     * Makes a checkpoint of the whole store while it is read and written; writes wait for a fraction of a second. It
     * has every change that was acknowledged before the call. Empty if the engine keeps no files of its own.
     *
     * @throws StorageException if another checkpoint has not been closed, or the disk is full
     */
    default Optional<Checkpoint> checkpoint() {
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
