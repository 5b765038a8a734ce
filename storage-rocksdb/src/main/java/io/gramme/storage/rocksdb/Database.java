package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.Durability;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of a store, with a column family for each kind of content ({@link Family}).
 *
 * <p>Any thread may read; {@link GroupCommitter.Log} is for the committer's thread. The caller that closes it ensures
 * that no call is inside.
 *
 * <p>{@link LogRecovery} decides where its log ends before RocksDB reads it, and leaves a log that is whole. So RocksDB
 * is configured to refuse one that is not ({@code kAbsoluteConsistency}): it never drops anything by itself. A
 * transaction lies in one record with a checksum, so it is never half there.
 */
final class Database implements GroupCommitter.Log, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final byte[] HIGHEST_VERSION = Bytes.utf8("highest-version").toArray();

    private static final List<Family> ALL = List.of(Family.values());

    /** The maximum size of the logs, as a multiple of the write buffers. */
    private static final long LOGS_TO_BUFFERS = 4;

    private static final long MAX_INFO_LOG_BYTES = 1 << 20;
    private static final int MAX_INFO_LOGS = 3;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final long BLOCK_BYTES = 16 << 10;
    private static final int BACKGROUND_THREADS = 2;

    /**
     * The part of the cache from which blocks of rows are excluded, so that one long sweep does not evict all indexes
     * and filters.
     */
    private static final double SHARE_OF_INDEXES_AND_FILTERS = 0.3;

    private static final int SHARDS_BY_SIZE = -1;

    private static final String BACKGROUND_ERRORS = "rocksdb.background-errors";

    private enum Mode {
        /** Creates the database. */
        CREATE,
        /** Opens an existing one. */
        WRITE,
        /** Opens one of an older format, which may lack column families. */
        UPGRADE,
        /** Opens an existing one, and changes nothing. */
        READ
    }

    static {
        RocksDB.loadLibrary();
    }

    /** Everything allocated outside the heap, the latest first: the order in which to free it. */
    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();

    private final RocksDB database;
    private final DatabaseFiles files;
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final WriteOptions writeOptions;
    private final ReadThreads reads;
    private final PointReads points;

    // The key and the value that the committer's thread adds to a batch, which copies them.
    private final DirectBuffer keys = new DirectBuffer();
    private final DirectBuffer values = new DirectBuffer();

    private long highestVersion;
    private boolean markFailed;

    private final Optional<SyncMark> mark;

    private Database(
            Path directory,
            Mode mode,
            List<Family> families,
            RocksStoreOptions options,
            ReadThreads reads,
            Optional<SyncMark> mark)
            throws RocksDBException {
        this.reads = reads;
        this.mark = mark;
        try {
            DBOptions general = own(general(options, mode));
            // One cache bounds everything: the write buffers are charged to it.
            LRUCache cache = own(cache(options));
            general.setWriteBufferManager(own(new WriteBufferManager(options.writeBufferBytes(), cache)));
            List<ColumnFamilyDescriptor> descriptors = descriptors(families, options, cache);
            List<ColumnFamilyHandle> opened = new ArrayList<>();
            String path = directory.toString();
            this.database = own(
                    mode == Mode.READ
                            ? RocksDB.openReadOnly(general, path, descriptors, opened)
                            : RocksDB.open(general, path, descriptors, opened));
            opened.forEach(this::own);
            for (int i = 0; i < families.size(); i++) {
                handles.put(families.get(i), opened.get(i + 1));
            }
            this.points = new PointReads(database, handle(Family.ROWS), reads);
            this.files = new DatabaseFiles(database, handles);
            this.writeOptions = own(new WriteOptions().setSync(options.durability() == Durability.SYNCED));
            this.highestVersion = readHighestVersion();
            // By now the content of the logs has been written to tables, and synced.
            mark.ifPresent(it -> moveMark(it, true));
        } catch (RocksDBException | RuntimeException e) {
            free();
            throw e;
        }
    }

    /** Opens the database of a directory, or creates it if the directory is not complete. */
    static Database open(DataDirectory directory, RocksStoreOptions options, ReadThreads reads) {
        Path database = directory.database();
        try {
            SyncMark mark = SyncMark.open(directory.syncMark(), options.durability());
            try {
                if (!directory.isComplete()) {
                    return new Database(database, Mode.CREATE, ALL, options, reads, Optional.of(mark));
                }
                prepareLogs(directory, options, reads, mark);
                Mode mode = directory.lacksFamilies() ? Mode.UPGRADE : Mode.WRITE;
                return new Database(database, mode, ALL, options, reads, Optional.of(mark));
            } catch (RocksDBException | IOException | RuntimeException e) {
                mark.close();
                throw e;
            }
        } catch (RocksDBException e) {
            throw OpenFailures.of(database, e);
        } catch (IOException e) {
            throw new StorageException("database cannot be opened: directory=" + database + " cause=\"" + e + "\"", e);
        }
    }

    private static void prepareLogs(
            DataDirectory directory, RocksStoreOptions options, ReadThreads reads, SyncMark mark) throws IOException {
        Path database = directory.database();
        var recovery = new LogRecovery(
                directory.path(), database, mark.found(), () -> oldestNeededLog(directory, options, reads));
        Optional<Long> end = recovery.prepare(options.logLoss());
        long synced = mark.found().map(SyncMark.Found::sequence).orElse(0L);
        if (end.isPresent() && end.get() < synced) {
            mark.move(end.get(), true);
        }
    }

    /** The number that the database has recorded; 0, which is below all of them, if it has none. */
    private static long oldestNeededLog(DataDirectory directory, RocksStoreOptions options, ReadThreads reads) {
        List<Family> families = directory.lacksFamilies() ? Family.OF_ALL_FORMATS : ALL;
        try (var reader = new Database(directory.database(), Mode.READ, families, options, reads, Optional.empty())) {
            return reader.files.oldestNeededLog();
        } catch (RocksDBException _) {
            return 0;
        }
    }

    /** Opens the database read-only, which needs no space on the disk. */
    static Database openForReading(DataDirectory directory, RocksStoreOptions options, ReadThreads reads) {
        return openForReading(directory.database(), options, reads);
    }

    static Database openForReading(Path database, RocksStoreOptions options, ReadThreads reads) {
        try {
            return new Database(database, Mode.READ, ALL, options, reads, Optional.empty());
        } catch (RocksDBException e) {
            throw OpenFailures.of(database, e);
        }
    }

    private static LRUCache cache(RocksStoreOptions options) {
        long capacity = options.blockCacheBytes() + options.writeBufferBytes();
        return new LRUCache(capacity, SHARDS_BY_SIZE, false, SHARE_OF_INDEXES_AND_FILTERS);
    }

    private static DBOptions general(RocksStoreOptions options, Mode mode) {
        return new DBOptions()
                .setCreateIfMissing(mode == Mode.CREATE)
                .setCreateMissingColumnFamilies(mode == Mode.CREATE || mode == Mode.UPGRADE)
                .setWalRecoveryMode(
                        mode == Mode.READ
                                ? WALRecoveryMode.SkipAnyCorruptedRecords
                                : WALRecoveryMode.AbsoluteConsistency)
                .setMaxTotalWalSize(LOGS_TO_BUFFERS * options.writeBufferBytes())
                .setMaxBackgroundJobs(BACKGROUND_THREADS)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
                .setKeepLogFileNum(MAX_INFO_LOGS);
    }

    private List<ColumnFamilyDescriptor> descriptors(List<Family> families, RocksStoreOptions options, LRUCache cache) {
        BlockBasedTableConfig filtered = blocks(cache)
                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)))
                .setWholeKeyFiltering(true);
        ColumnFamilyOptions byKey = own(family(options, filtered));
        // Logs and the history are read by ranges only, for which a filter is of no use.
        ColumnFamilyOptions byRange = own(family(options, blocks(cache)));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, byKey));
        for (Family family : families) {
            ColumnFamilyOptions settings = switch (family) {
                case ROWS, META -> byKey;
                case LOG, HISTORY -> byRange;
            };
            descriptors.add(new ColumnFamilyDescriptor(family.encodedName(), settings));
        }
        return descriptors;
    }

    private static BlockBasedTableConfig blocks(LRUCache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                // Indexes and filters are split: whole, those of one file are a megabyte, of which a cache that is
                // sharded among its locks does not keep many.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }

    private static ColumnFamilyOptions family(RocksStoreOptions options, BlockBasedTableConfig blocks) {
        return new ColumnFamilyOptions()
                .setTableFormatConfig(blocks)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(options.writeBufferBytes() / 2);
    }

    private <T extends AbstractNativeReference> T own(T reference) {
        owned.push(reference);
        return reference;
    }

    private ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) {
            throw new IllegalStateException("column family is not open: family=" + family);
        }
        return handle;
    }

    private long readHighestVersion() throws RocksDBException {
        byte[] stored = database.get(handle(Family.META), HIGHEST_VERSION);
        return stored == null ? 0 : Bytes.wrap(stored).longAt(0);
    }

    /** The highest version of every row ever written; to be called before the first write, or by the committer. */
    long highestVersion() {
        return highestVersion;
    }

    Optional<Row> row(RowKey key) {
        return points.row(key);
    }

    /** The rows at {@code keys}, in their order. */
    Map<RowKey, Optional<Row>> rows(List<RowKey> keys) {
        List<Optional<Row>> found = rowsInOrder(keys);
        Map<RowKey, Optional<Row>> answer = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            answer.put(keys.get(i), found.get(i));
        }
        return answer;
    }

    /** The same for keys that may repeat. */
    List<Optional<Row>> rowsInOrder(List<RowKey> keys) {
        return points.inOrder(keys);
    }

    DatabaseFiles files() {
        return files;
    }

    /** @param to not included */
    Cursor cursor(Family family, Bytes from, Bytes to, Direction direction) {
        long begin = System.nanoTime();
        try {
            return new Cursor(database, handle(family), from, to, direction);
        } finally {
            reads.pace().ended(System.nanoTime() - begin);
        }
    }

    /** The database as of this moment. */
    View view() {
        return new View(database.getSnapshot());
    }

    /** The database as of one moment; its cursors are closed before it. */
    final class View implements AutoCloseable {
        private final Snapshot snapshot;

        private View(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** @param to not included */
        Cursor cursor(Family family, Bytes from, Bytes to, Direction direction) {
            var options = new ReadOptions().setSnapshot(snapshot);
            return new Cursor(database, handle(family), from, to, direction, options);
        }

        @Override
        public void close() {
            database.releaseSnapshot(snapshot);
        }
    }

    @Override
    public void append(List<Commit> group) throws RocksDBException {
        try (var batch = new WriteBatch()) {
            long version = highestVersion;
            for (Commit commit : group) {
                version = Math.max(version, commit.version());
                for (Change change : commit.changes()) {
                    add(change, batch);
                }
            }
            batch.put(
                    handle(Family.META), HIGHEST_VERSION, Bytes.ofLong(version).shared());
            database.write(writeOptions, batch);
            highestVersion = version;
        }
        if (writeOptions.sync()) {
            mark.ifPresent(it -> moveMark(it, false));
        }
    }

    private void moveMark(SyncMark moved, boolean force) {
        try {
            moved.move(database.getLatestSequenceNumber(), force);
            markFailed = false;
        } catch (IOException e) {
            // The mark stays behind the log, where it is right, but proves less.
            if (!markFailed) {
                LOG.log(Level.WARNING, "sync mark cannot be moved: cause=" + e);
            }
            markFailed = true;
        }
    }

    private void add(Change change, WriteBatch batch) throws RocksDBException {
        ColumnFamilyHandle family = handle(change.family());
        switch (change) {
            case Change.Put(var _, var key, long version, var value) -> {
                ByteBuffer target = values.cleared(RowCodec.valueLength(value));
                RowCodec.putValue(target, version, value);
                batch.put(family, direct(key), target.flip());
            }
            case Change.Retain(var key, var before) -> {
                ByteBuffer target = values.cleared(HistoryCodec.valueLength(before));
                HistoryCodec.putValue(target, before);
                batch.put(family, direct(key), target.flip());
            }
            case Change.Delete(var _, var key) -> batch.delete(family, key.shared());
            case Change.DeleteRange(var _, var from, var to) -> batch.deleteRange(family, from.shared(), to.shared());
        }
    }

    private ByteBuffer direct(Bytes key) {
        return keys.cleared(key.length()).put(key.shared()).flip();
    }

    @Override
    public void sync() throws RocksDBException {
        database.syncWal();
        // Where groups are not synced one by one, nothing but the mark proves that they were.
        mark.ifPresent(it -> moveMark(it, true));
    }

    /** The number of flushes and compactions that have failed since it was opened. */
    long backgroundErrors() {
        try {
            return database.getLongProperty(BACKGROUND_ERRORS);
        } catch (RocksDBException e) {
            throw new StorageException("database does not report its errors", e);
        }
    }

    /**
     * Frees the space of rows that were deleted as a range. Files that hold other rows as well are not freed at once;
     * compaction frees those in time.
     *
     * @param to not included
     */
    void reclaim(Family family, Bytes from, Bytes to) {
        try {
            database.deleteFilesInRanges(handle(family), List.of(from.shared(), to.shared()), false);
        } catch (RocksDBException e) {
            throw new StorageException("space of a dropped tablespace cannot be freed", e);
        }
    }

    /**
     * Frees all the space of rows that were deleted as a range, and that of the logs, at once: at the price of flushing
     * the memory to table files, and rewriting what lies among those rows.
     *
     * @param to not included
     */
    void reclaimAtOnce(Family family, Bytes from, Bytes to) {
        try {
            files.flush();
            database.compactRange(handle(family), from.shared(), to.shared());
        } catch (RocksDBException e) {
            throw new StorageException("space of a dropped tablespace cannot be freed: cause=" + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            database.cancelAllBackgroundWork(true);
        } finally {
            free();
            closeMark();
        }
    }

    private void closeMark() {
        try {
            if (mark.isPresent()) {
                mark.get().close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "sync mark cannot be closed: cause=" + e);
        }
    }

    private void free() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
