package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
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
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of a store: column family {@code rows} holds the rows, {@code meta} the highest version ever written.
 *
 * <p>Reads are for any thread; {@link GroupCommitter.Log} is for the committer's. Whoever closes it sees to it that nobody
 * is inside.
 *
 * <p>Of the ways to recover the log, the one chosen is to replay it up to the first record that does not read back
 * ({@code kPointInTimeRecovery}). A loss of power may tear what was written after the last sync at any place, not only at
 * its end, and what was written after the last sync was not acknowledged; so the stricter mode, which allows a torn end
 * only, would refuse to open after an accident in which nothing was lost. The price: if the disk garbles a part of the
 * log that it had confirmed, the writes behind it are lost without a word. Records carry checksums, so they are never
 * wrong, and a transaction is one record, so it is never half there.
 */
final class Database implements GroupCommitter.Log, AutoCloseable {
    private static final byte[] ROWS = Bytes.utf8("rows").toArray();
    private static final byte[] META = Bytes.utf8("meta").toArray();
    private static final byte[] HIGHEST_VERSION = Bytes.utf8("highest-version").toArray();

    private static final long MAX_LOG_BYTES = 256L << 20;
    private static final long MAX_INFO_LOG_BYTES = 1 << 20;
    private static final int MAX_INFO_LOGS = 3;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final long BLOCK_BYTES = 16 << 10;
    private static final int BACKGROUND_THREADS = 2;

    /** Of the cache, kept from blocks of rows, so that one long sweep does not drive them all out. */
    private static final double SHARE_OF_INDEXES_AND_FILTERS = 0.3;

    private static final int SHARDS_BY_SIZE = -1;

    static {
        RocksDB.loadLibrary();
    }

    /** Everything that was allocated outside the heap, the latest first: the order in which to free it. */
    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();

    private final RocksDB database;
    private final ColumnFamilyHandle rows;
    private final ColumnFamilyHandle meta;
    private final WriteOptions writeOptions;
    private long highestVersion;

    private Database(Path directory, boolean create, RocksStoreOptions options) throws RocksDBException {
        try {
            DBOptions general = own(general(options, create));
            // One cache is the bound of all: what the write buffers take is charged to it.
            LRUCache cache = own(cache(options));
            general.setWriteBufferManager(own(new WriteBufferManager(options.writeBufferBytes(), cache)));
            ColumnFamilyOptions family = own(family(options, cache));

            List<ColumnFamilyHandle> handles = new ArrayList<>();
            List<ColumnFamilyDescriptor> families = List.of(
                    new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                    new ColumnFamilyDescriptor(ROWS, family),
                    new ColumnFamilyDescriptor(META, family));
            this.database = own(RocksDB.open(general, directory.toString(), families, handles));
            handles.forEach(this::own);
            this.rows = handles.get(1);
            this.meta = handles.get(2);
            this.writeOptions = own(new WriteOptions().setSync(options.durability() == Durability.SYNCED));
            this.highestVersion = readHighestVersion();
        } catch (RocksDBException | RuntimeException e) {
            free();
            throw e;
        }
    }

    /** @param create whether the database is to be made, as opposed to found */
    static Database open(Path directory, boolean create, RocksStoreOptions options) {
        try {
            return new Database(directory, create, options);
        } catch (RocksDBException e) {
            throw new StorageException("database cannot be opened: directory=" + directory, e);
        }
    }

    private static LRUCache cache(RocksStoreOptions options) {
        long capacity = options.blockCacheBytes() + options.writeBufferBytes();
        return new LRUCache(capacity, SHARDS_BY_SIZE, false, SHARE_OF_INDEXES_AND_FILTERS);
    }

    private static DBOptions general(RocksStoreOptions options, boolean create) {
        return new DBOptions()
                .setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(create)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxTotalWalSize(Math.max(MAX_LOG_BYTES, 2 * options.writeBufferBytes()))
                .setMaxBackgroundJobs(BACKGROUND_THREADS)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MAX_INFO_LOG_BYTES)
                .setKeepLogFileNum(MAX_INFO_LOGS);
    }

    private ColumnFamilyOptions family(RocksStoreOptions options, LRUCache cache) {
        var blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)))
                .setWholeKeyFiltering(true)
                // Indexes and filters in pieces: whole, those of one file are a megabyte, of which a cache that is
                // split among its locks does not keep many.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return new ColumnFamilyOptions()
                .setTableFormatConfig(blocks)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(options.writeBufferBytes() / 2);
    }

    private <T extends AbstractNativeReference> T own(T reference) {
        owned.push(reference);
        return reference;
    }

    private long readHighestVersion() throws RocksDBException {
        byte[] stored = database.get(meta, HIGHEST_VERSION);
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    /** Of every row ever written; to be asked before the first write. */
    long highestVersion() {
        return highestVersion;
    }

    Optional<Row> row(RowKey key) {
        try {
            byte[] stored = database.get(rows, RowCodec.key(key).shared());
            return stored == null ? Optional.empty() : Optional.of(RowCodec.row(key, stored));
        } catch (RocksDBException e) {
            throw new StorageException("row cannot be read: key=" + RowCodec.key(key), e);
        }
    }

    /** The rows at {@code keys}, one at least, in their order. */
    Map<RowKey, Optional<Row>> rows(List<RowKey> keys) {
        try {
            List<byte[]> found = database.multiGetAsList(
                    Collections.nCopies(keys.size(), rows),
                    keys.stream().map(key -> RowCodec.key(key).shared()).toList());
            Map<RowKey, Optional<Row>> answer = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                RowKey key = keys.get(i);
                answer.put(key, Optional.ofNullable(found.get(i)).map(stored -> RowCodec.row(key, stored)));
            }
            return answer;
        } catch (RocksDBException e) {
            throw new StorageException("rows cannot be read: count=" + keys.size(), e);
        }
    }

    /** @param to not included */
    Cursor cursor(Bytes from, Bytes to, Direction direction) {
        return new Cursor(database, rows, from, to, direction);
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
                    meta,
                    HIGHEST_VERSION,
                    ByteBuffer.allocate(Long.BYTES).putLong(version).array());
            database.write(writeOptions, batch);
            highestVersion = version;
        }
    }

    private void add(Change change, WriteBatch batch) throws RocksDBException {
        switch (change) {
            case Change.Put(var key, var value) -> batch.put(rows, key.shared(), value.shared());
            case Change.Delete(var key) -> batch.delete(rows, key.shared());
            case Change.DeleteRange(var from, var to) -> batch.deleteRange(rows, from.shared(), to.shared());
        }
    }

    @Override
    public void sync() throws RocksDBException {
        database.syncWal();
    }

    /**
     * Gives back the space of rows that were deleted as a range. What this does not reach at once, files that hold other
     * rows as well, compaction does in time.
     *
     * @param to not included
     */
    void reclaim(Bytes from, Bytes to) {
        try {
            database.deleteFilesInRanges(rows, List.of(from.shared(), to.shared()), false);
        } catch (RocksDBException e) {
            throw new StorageException("space of a dropped store cannot be given back", e);
        }
    }

    @Override
    public void close() {
        try {
            database.cancelAllBackgroundWork(true);
        } finally {
            free();
        }
    }

    private void free() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
