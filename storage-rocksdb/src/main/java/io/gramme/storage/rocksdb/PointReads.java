package io.gramme.storage.rocksdb;

import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Holder;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Reads rows by their keys. Where they may have to wait for the disk, by {@link ReadThreads}. For any thread. */
final class PointReads {
    private final RocksDB database;
    private final ColumnFamilyHandle rows;
    private final ReadThreads threads;
    private final ReadBuffers buffers = new ReadBuffers();

    PointReads(RocksDB database, ColumnFamilyHandle rows, ReadThreads threads) {
        this.database = database;
        this.rows = rows;
        this.threads = threads;
    }

    Optional<Row> row(RowKey key) {
        byte[] stored = RowCodec.key(key).shared();
        if (!threads.isHandingOver()) {
            return row(key, stored);
        }
        var value = new Holder<byte[]>();
        // Looks in memory only, that is, in the write buffers and the block cache, and does not fail for errors.
        boolean mayExist = database.keyMayExist(rows, stored, value);
        byte[] found = value.getValue();
        // RocksDB returns an empty value where the cache lacks a part of an index.
        if (mayExist && found != null && found.length > 0) {
            threads.pace().ended(0);
            return Optional.of(RowCodec.row(key, found));
        }
        // A row that the filters in memory exclude needs no disk, but errors have to be found.
        return mayExist ? threads.run(() -> row(key, stored)) : row(key, stored);
    }

    private Optional<Row> row(RowKey key, byte[] stored) {
        long begin = System.nanoTime();
        try {
            return buffers.row(key, target -> database.get(rows, stored, target));
        } catch (RocksDBException e) {
            throw new StorageException("row cannot be read: key=" + RowCodec.key(key), e);
        } finally {
            threads.pace().ended(System.nanoTime() - begin);
        }
    }

    /** The rows at keys that may repeat, in their order. */
    List<Optional<Row>> inOrder(List<RowKey> keys) {
        return keys.isEmpty() ? List.of() : threads.run(() -> readInOrder(keys));
    }

    private List<Optional<Row>> readInOrder(List<RowKey> keys) {
        long begin = System.nanoTime();
        try {
            List<byte[]> found = database.multiGetAsList(
                    Collections.nCopies(keys.size(), rows),
                    keys.stream().map(key -> RowCodec.key(key).shared()).toList());
            var answer = new ArrayList<Optional<Row>>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                RowKey key = keys.get(i);
                answer.add(Optional.ofNullable(found.get(i)).map(stored -> RowCodec.row(key, stored)));
            }
            return answer;
        } catch (RocksDBException e) {
            throw new StorageException("rows cannot be read: count=" + keys.size(), e);
        } finally {
            threads.pace().ended((System.nanoTime() - begin) / keys.size());
        }
    }
}
