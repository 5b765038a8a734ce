package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;

/** The files of an open {@link Database}: which they are, how large, and copies of them. */
final class DatabaseFiles {
    private static final String OLDEST_NEEDED_LOG = "rocksdb.min-log-number-to-keep";

    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> handles;

    /** @param handles of the families, which the database closes */
    DatabaseFiles(RocksDB database, Map<Family, ColumnFamilyHandle> handles) {
        this.database = database;
        this.handles = handles;
    }

    /** The number of the oldest log that the database needs. */
    long oldestNeededLog() {
        try {
            return database.getLongProperty(OLDEST_NEEDED_LOG);
        } catch (RocksDBException _) {
            return 0;
        }
    }

    /** The names and sizes of the table files that the database uses. */
    Map<String, Long> tableFiles() {
        Map<String, Long> files = new TreeMap<>();
        database.getLiveFilesMetaData()
                .forEach(file -> files.put(file.fileName().substring(1), file.size()));
        return files;
    }

    /** Writes what is in memory to table files. */
    void flush() throws RocksDBException {
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            database.flush(options, List.copyOf(handles.values()));
        }
    }

    /**
     * Makes a copy of the database in a directory that does not exist: links to its table files, and copies of the rest.
     * For the committer's thread, so that the log does not grow meanwhile.
     *
     * @return the sequence number of the last change in it
     */
    long checkpoint(Path target) throws RocksDBException {
        database.syncWal();
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
        }
        return database.getLatestSequenceNumber();
    }

    /**
     * The space that a range takes in table files and in memory, by estimate.
     *
     * @param to not included
     */
    long bytes(Family family, Bytes from, Bytes to) {
        try (var first = new Slice(from.shared());
                var end = new Slice(to.shared())) {
            List<Range> range = List.of(new Range(first, end));
            long[] sizes = database.getApproximateSizes(
                    handle(family),
                    range,
                    SizeApproximationFlag.INCLUDE_FILES,
                    SizeApproximationFlag.INCLUDE_MEMTABLES);
            return sizes[0];
        }
    }

    private ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) {
            throw new IllegalStateException("column family is not open: family=" + family);
        }
        return handle;
    }
}
