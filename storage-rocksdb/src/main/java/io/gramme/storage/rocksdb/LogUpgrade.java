package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.RocksDBException;

/**
 * Moves the records of logs from column family {@code rows}, where directories up to format 2 have them, to their own.
 *
 * <p>A log's records are copied, and with the last of them the log is deleted among the rows. So after a crash at any
 * point it starts again: what had been copied and not deleted is copied once more, the same to the same keys.
 *
 * <p>A tablespace of logs holds nothing else, so one row of each tablespace shows whether it has to be read.
 */
final class LogUpgrade {
    private static final System.Logger LOG = System.getLogger(LogUpgrade.class.getName());
    private static final TablespaceId LAST = new TablespaceId(Long.MAX_VALUE);
    private static final int RECORD = 0x7f;
    private static final long BATCH_BYTES = 1L << 20;

    private final Database database;
    private final GroupCommitter.Log writer;
    private final Set<PartitionKey> logs = new HashSet<>();
    private List<Change> batch = new ArrayList<>();
    private long batchBytes;
    private long records;

    private LogUpgrade(Database database, GroupCommitter.Log writer) {
        this.database = database;
        this.writer = writer;
    }

    /** When this returns, the logs are moved and on the disk. */
    static void run(Database database, GroupCommitter.Log writer) {
        var upgrade = new LogUpgrade(database, writer);
        try {
            upgrade.moveAll();
            writer.sync();
        } catch (RocksDBException e) {
            throw new StorageException("log records cannot be moved to their column family; start again to resume", e);
        }
        if (upgrade.records > 0) {
            LOG.log(
                    Level.INFO,
                    "log records moved to their column family: logs=" + upgrade.logs.size() + " records="
                            + upgrade.records);
        }
    }

    private void moveAll() throws RocksDBException {
        try (var cursor = database.cursor(
                Family.ROWS,
                RowCodec.prefix(TablespaceId.CATALOG),
                RowCodec.prefix(LAST).afterPrefix(),
                Direction.FORWARD)) {
            while (cursor.hasRow()) {
                byte[] key = cursor.key();
                TablespaceId tablespace = RowCodec.tablespace(Bytes.wrap(key));
                Bytes behind = RowCodec.prefix(tablespace).afterPrefix();
                if (kind(key) == RECORD) {
                    moveTablespace(tablespace, cursor, behind);
                } else {
                    cursor.seek(behind);
                }
            }
        }
    }

    private void moveTablespace(TablespaceId tablespace, Cursor cursor, Bytes behind) throws RocksDBException {
        Optional<PartitionKey> log = Optional.empty();
        for (; cursor.hasRow(); cursor.advance()) {
            Bytes key = Bytes.wrap(cursor.key());
            if (key.compareTo(behind) >= 0) {
                break;
            }
            if (kind(key.shared()) != RECORD) {
                continue;
            }
            PartitionKey partition = RowCodec.partition(tablespace, key.shared());
            if (log.isPresent() && !log.get().equals(partition)) {
                delete(log.get());
            }
            log = Optional.of(partition);
            int sortAt = RowCodec.sortAt(key.shared());
            copy(key, cursor.row(new RowKey(partition, key.from(sortAt))));
        }
        if (log.isPresent()) {
            delete(log.get());
        }
        flush();
    }

    private static int kind(byte[] key) {
        return key[RowCodec.sortAt(key)] & 0xff;
    }

    private void copy(Bytes key, Row record) throws RocksDBException {
        if (batchBytes >= BATCH_BYTES) {
            flush();
        }
        var put = new Change.Put(Family.LOG, key, record.version(), record.value());
        batch.add(put);
        batchBytes += put.size();
        records++;
    }

    private void delete(PartitionKey log) {
        logs.add(log);
        batch.add(new Change.DeleteRange(
                Family.ROWS, RowCodec.position(log, Bytes.of(RECORD)), RowCodec.position(log, Bytes.of(RECORD + 1))));
    }

    private void flush() throws RocksDBException {
        if (batch.isEmpty()) {
            return;
        }
        // Version 0 is below all versions, and changes nothing about the highest.
        writer.append(List.of(new Commit(batch, 0)));
        batch = new ArrayList<>();
        batchBytes = 0;
    }
}
