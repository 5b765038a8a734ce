package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** An iterator over the rows between two positions, as of its creation. For one thread, which must close it. */
final class Cursor implements AutoCloseable {
    private static final int USUAL_VALUE_BYTES = 2 << 10;

    private final Direction direction;
    private final Slice lower;
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator rows;

    /** Receives one value after another, so that only the parts that are kept are copied. */
    private byte[] buffer = new byte[USUAL_VALUE_BYTES];

    /** @param upper not included */
    Cursor(RocksDB database, ColumnFamilyHandle family, Bytes lower, Bytes upper, Direction direction) {
        this(database, family, lower, upper, direction, new ReadOptions());
    }

    /** @param options belong to the cursor from now on */
    Cursor(
            RocksDB database,
            ColumnFamilyHandle family,
            Bytes lower,
            Bytes upper,
            Direction direction,
            ReadOptions options) {
        this.direction = direction;
        this.lower = new Slice(lower.shared());
        this.upper = new Slice(upper.shared());
        this.options = options.setIterateLowerBound(this.lower).setIterateUpperBound(this.upper);
        this.rows = database.newIterator(family, this.options);
        switch (direction) {
            case FORWARD -> rows.seekToFirst();
            case BACKWARD -> rows.seekToLast();
        }
    }

    /** Whether it stands on a row, as opposed to after the last one. */
    boolean hasRow() {
        if (rows.isValid()) {
            return true;
        }
        try {
            rows.status();
            return false;
        } catch (RocksDBException e) {
            throw new StorageException("rows cannot be read", e);
        }
    }

    void advance() {
        switch (direction) {
            case FORWARD -> rows.next();
            case BACKWARD -> rows.prev();
        }
    }

    /** Moves to the first row at or after a position, in either direction. */
    void seek(Bytes position) {
        rows.seek(position.shared());
    }

    /** Moves to the last row at or before a position, in either direction. */
    void seekBefore(Bytes position) {
        rows.seekForPrev(position.shared());
    }

    byte[] key() {
        return rows.key();
    }

    byte[] value() {
        return rows.value();
    }

    /** The row with this key, which must be the key at the cursor. */
    Row row(RowKey key) {
        int length = rows.value(buffer);
        if (length > buffer.length) {
            buffer = new byte[Integer.highestOneBit(length) << 1];
            length = rows.value(buffer);
        }
        return RowCodec.row(key, buffer, length);
    }

    @Override
    public void close() {
        rows.close();
        options.close();
        lower.close();
        upper.close();
    }
}
