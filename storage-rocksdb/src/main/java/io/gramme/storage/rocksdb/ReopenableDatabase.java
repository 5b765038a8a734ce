package io.gramme.storage.rocksdb;

import io.gramme.storage.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The database of a store, which can be closed and opened again while the store stays open: after a failure for lack of
 * space RocksDB does not reliably write again by itself, and its Java interface has no call that makes it.
 *
 * <p>When it is opened again, or closed, no call may be inside.
 */
final class ReopenableDatabase implements GroupCommitter.Log, AutoCloseable {
    private final DataDirectory directory;
    private final RocksStoreOptions options;
    private final DiskReserve reserve;
    private final ReadThreads reads = new ReadThreads();
    private volatile @Nullable Database current;

    ReopenableDatabase(DataDirectory directory, RocksStoreOptions options, DiskReserve reserve) {
        this.directory = directory;
        this.options = options;
        this.reserve = reserve;
        this.current = Database.open(directory, options, reads);
    }

    Database current() {
        Database open = current;
        if (open == null) {
            throw new StorageException("database is not open: directory=" + directory.path());
        }
        return open;
    }

    /** The threads for reads that wait for the disk. */
    ReadThreads reads() {
        return reads;
    }

    @Override
    public void append(List<Commit> group) throws RocksDBException {
        current().append(group);
        reserve.written(group.stream().mapToLong(Commit::size).sum());
    }

    @Override
    public void sync() throws RocksDBException {
        current().sync();
    }

    /**
     * Closes the database and opens it again; if that fails, opens it for reading.
     *
     * @throws StorageException if it is not open for writing
     */
    void reopen() {
        closeCurrent();
        try {
            current = Database.open(directory, options.with(LogLoss.REFUSE), reads);
        } catch (StorageException e) {
            current = Database.openForReading(directory, options, reads);
            throw e;
        }
    }

    @Override
    public void close() {
        reads.close();
        closeCurrent();
    }

    private void closeCurrent() {
        Database open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }
}
