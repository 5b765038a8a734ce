package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.engine.PageBuilder;
import java.util.Arrays;

/** Reads pages of rows from a database. The caller ensures that it stays open meanwhile. */
final class RowReads {
    private RowReads() {}

    static Page scan(
            Database database, Family family, PartitionKey partition, Range range, Direction direction, Budget budget) {
        var page = new PageBuilder(budget);
        if (range.isEmpty()) {
            return page.exhausted();
        }
        Bytes from = RowCodec.position(partition, range.from());
        Bytes to = range.to()
                .map(sort -> RowCodec.position(partition, sort))
                .orElseGet(() -> RowCodec.prefix(partition).afterPrefix());
        try (var cursor = database.cursor(family, from, to, direction)) {
            for (; cursor.hasRow(); cursor.advance()) {
                if (page.isFull() || !page.add(row(partition, cursor))) {
                    return page.cut();
                }
            }
            return page.exhausted();
        }
    }

    static Page sweep(Database database, HashRange range, Budget budget) {
        var page = new PageBuilder(budget);
        Bytes begin = RowCodec.begin(range);
        Bytes end = RowCodec.end(range);
        if (begin.compareTo(end) >= 0) {
            return page.exhausted();
        }
        try (var cursor = database.cursor(Family.ROWS, begin, end, Direction.FORWARD)) {
            while (cursor.hasRow()) {
                byte[] key = cursor.key();
                PartitionKey partition = RowCodec.partition(range.tablespace(), key);
                int kind = key[RowCodec.sortAt(key)] & 0xff;
                if (kind < range.kind()) {
                    cursor.seek(RowCodec.position(partition, Bytes.of(range.kind())));
                } else if (kind > range.kind()) {
                    cursor.seek(RowCodec.prefix(partition).afterPrefix());
                } else if (page.isFull() || !page.add(row(partition, cursor))) {
                    return page.cut();
                } else {
                    cursor.advance();
                }
            }
            return page.exhausted();
        }
    }

    /** The row at a cursor that is in this partition. */
    static Row row(PartitionKey partition, Cursor cursor) {
        byte[] key = cursor.key();
        Bytes sort = Bytes.wrap(Arrays.copyOfRange(key, RowCodec.sortAt(key), key.length));
        return cursor.row(new RowKey(partition, sort));
    }
}
