package io.gramme.storage.rocksdb;

import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Reads single rows through arrays that are used again, so that the value behind the version is the one copy of a row
 * that stays. A read holds an array only while it is in the database and copies, where it does not park: so there need
 * be few.
 */
final class ReadBuffers {
    private static final int FIRST_CAPACITY = 8 << 10;
    private static final int MAX_KEPT_CAPACITY = 1 << 20;
    private static final int MAX_KEPT = 16;

    private final BlockingQueue<byte[]> unused = new ArrayBlockingQueue<>(MAX_KEPT);

    /** A read of the database. */
    interface Source {
        /**
         * Reads the row into {@code target}, as much of it as fits.
         *
         * @return its length, or {@link RocksDB#NOT_FOUND}
         */
        int read(byte[] target) throws RocksDBException;
    }

    Optional<Row> row(RowKey key, Source source) throws RocksDBException {
        byte[] polled = unused.poll();
        byte[] buffer = polled == null ? new byte[FIRST_CAPACITY] : polled;
        int length = source.read(buffer);
        // Again and again, because a row may be replaced by a longer one in between.
        while (length > buffer.length) {
            buffer = new byte[Integer.highestOneBit(length) << 1];
            length = source.read(buffer);
        }
        Optional<Row> row =
                length == RocksDB.NOT_FOUND ? Optional.empty() : Optional.of(RowCodec.row(key, buffer, length));
        if (buffer.length <= MAX_KEPT_CAPACITY) {
            unused.offer(buffer);
        }
        return row;
    }
}
