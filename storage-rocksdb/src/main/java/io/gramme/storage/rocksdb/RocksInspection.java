package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.LogRecord;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.LogRows;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The data directory of a {@link RocksStore} that no process has open. */
public final class RocksInspection implements StoreInspection {
    private static final String FORMAT = "RocksDB";

    private final Path directory;
    private final Closeable lock;
    private final Database database;
    private final ReadOnlyStore store;

    private RocksInspection(Path directory, Closeable lock, RocksStoreOptions options, Database database) {
        this.directory = directory;
        this.lock = lock;
        this.database = database;
        this.store = new ReadOnlyStore(database, options.historyBucketMicros());
    }

    /**
     * Opens a data directory, unless a process has it open.
     *
     * @param report receives the damages of a database that cannot be opened
     * @return empty if the database cannot be opened
     * @throws StorageException if it is no data directory of this version, or in use
     */
    public static Optional<RocksInspection> open(Path directory, FileReport report) {
        RocksStoreOptions options = RocksStoreOptions.in(directory);
        Path whole = options.directory();
        try {
            Closeable lock = DataDirectory.openForReading(whole);
            try {
                return Optional.of(new RocksInspection(
                        whole,
                        lock,
                        options,
                        Database.openForReading(DataDirectory.databaseOf(whole), options, new ReadThreads())));
            } catch (StorageException e) {
                close(lock);
                report.damaged(DataDirectory.databaseOf(whole).toString(), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new StorageException("data directory cannot be read: directory=" + whole + " cause=" + e, e);
        }
    }

    @Override
    public Files verifyFiles(FileReport report) {
        Path files = DataDirectory.databaseOf(directory);
        verifyLog(files, report);
        Map<String, Long> tables = new TreeMap<>(database.files().tableFiles());
        long total = tables.values().stream().mapToLong(Long::longValue).sum();
        long done = 0;
        report.progress(0, total);
        for (Map.Entry<String, Long> file : tables.entrySet()) {
            Path path = files.resolve(file.getKey());
            TableFileCheck.damage(path).ifPresent(cause -> report.damaged(path.toString(), cause));
            done += file.getValue();
            report.progress(done, total);
        }
        return new Files(FORMAT, tables.size(), total);
    }

    private void verifyLog(Path files, FileReport report) {
        try {
            var recovery = new LogRecovery(
                    directory,
                    files,
                    SyncMark.read(DataDirectory.syncMarkOf(directory)),
                    database.files()::oldestNeededLog);
            recovery.examine().ifPresent(found -> {
                String text = found.damage().text();
                if (found.isLoss()) {
                    report.damaged(
                            found.damage().file().toString(),
                            "the write-ahead log is damaged where it holds acknowledged writes; rows that are checked"
                                    + " below may lack them: " + text);
                } else {
                    report.note("the end of the write-ahead log was not synced when the process stopped, and is"
                            + " dropped at the next start: " + text);
                }
            });
        } catch (IOException | StorageException e) {
            report.damaged(files.toString(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public RowStore store() {
        return store;
    }

    @Override
    public SortedSet<TablespaceId> tablespaces(Content content) {
        var found = new TreeSet<TablespaceId>((a, b) -> Long.compare(a.number(), b.number()));
        Bytes end = Bytes.ofLong(Long.MAX_VALUE).afterPrefix();
        try (var cursor = database.cursor(family(content), Bytes.ofLong(0), end, Direction.FORWARD)) {
            while (cursor.hasRow()) {
                TablespaceId tablespace = RowCodec.tablespace(Bytes.wrap(cursor.key()));
                found.add(tablespace);
                cursor.seek(RowCodec.prefix(tablespace).afterPrefix());
            }
        }
        return found;
    }

    @Override
    public long bytes(TablespaceId tablespace, Content content) {
        Bytes from = RowCodec.prefix(tablespace);
        return database.files().bytes(family(content), from, from.afterPrefix());
    }

    @Override
    public void rows(TablespaceId tablespace, Consumer<Row> row, Consumer<String> damaged) {
        each(Family.ROWS, tablespace, cursor -> row(tablespace, cursor), row, damaged);
    }

    private record Logged(PartitionKey log, LogRecord record) {}

    @Override
    public void log(TablespaceId tablespace, BiConsumer<PartitionKey, LogRecord> record, Consumer<String> damaged) {
        each(
                Family.LOG,
                tablespace,
                cursor -> {
                    Row row = row(tablespace, cursor);
                    return new Logged(row.key().partition(), LogRows.record(row));
                },
                found -> record.accept(found.log, found.record),
                damaged);
    }

    @Override
    public void history(TablespaceId tablespace, Consumer<PastRow> image, Consumer<String> damaged) {
        each(
                Family.HISTORY,
                tablespace,
                cursor -> HistoryCodec.pastRow(tablespace, cursor.key(), cursor.value()),
                image,
                damaged);
    }

    private static Row row(TablespaceId tablespace, Cursor cursor) {
        return RowReads.row(RowCodec.partition(tablespace, cursor.key()), cursor);
    }

    private interface Decoder<T> {
        T decode(Cursor cursor);
    }

    private <T> void each(
            Family family, TablespaceId tablespace, Decoder<T> decoder, Consumer<T> found, Consumer<String> damaged) {
        Bytes from = RowCodec.prefix(tablespace);
        try (var cursor = database.cursor(family, from, from.afterPrefix(), Direction.FORWARD)) {
            for (; cursor.hasRow(); cursor.advance()) {
                T decoded;
                try {
                    decoded = decoder.decode(cursor);
                } catch (StorageException | IllegalArgumentException | IndexOutOfBoundsException e) {
                    damaged.accept(String.valueOf(e.getMessage()));
                    continue;
                }
                found.accept(decoded);
            }
        }
    }

    private static Family family(Content content) {
        return switch (content) {
            case ROWS -> Family.ROWS;
            case LOG -> Family.LOG;
            case HISTORY -> Family.HISTORY;
        };
    }

    private static void close(Closeable lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StorageException("data directory cannot be unlocked", e);
        }
    }

    @Override
    public void close() {
        database.close();
        close(lock);
    }
}
