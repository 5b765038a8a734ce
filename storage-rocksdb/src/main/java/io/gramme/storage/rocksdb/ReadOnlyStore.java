package io.gramme.storage.rocksdb;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.LogRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of a database that is open for reading; another closes it. */
final class ReadOnlyStore implements RowStore {
    private final Database database;
    private final RowHistory history;

    ReadOnlyStore(Database database, long historyBucketMicros) {
        this.database = database;
        this.history = new StoredHistory(new Gate(), () -> database, historyBucketMicros, (from, to) -> {
            throw readOnly();
        });
    }

    private static StorageException readOnly() {
        return new StorageException("store is open for reading");
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return database.row(key);
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return database.rowsInOrder(keys);
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return RowReads.scan(database, Family.ROWS, partition, range, direction, budget);
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return RowReads.sweep(database, range, budget);
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        throw readOnly();
    }

    @Override
    public ChangeLog changes() {
        return new ChangeLog() {
            @Override
            public LogPage read(PartitionKey log, LogPosition after, Budget budget) {
                Range range = LogRows.between(after, complete());
                return LogRows.page(
                        RowReads.scan(database, Family.LOG, log, range, Direction.FORWARD, budget), complete());
            }

            @Override
            public LogPosition complete() {
                return LogPosition.behind(database.highestVersion());
            }

            @Override
            public LogPosition latest() {
                return complete();
            }

            @Override
            public void trim(PartitionKey log, LogPosition last) {
                throw readOnly();
            }
        };
    }

    @Override
    public RowHistory history() {
        return history;
    }

    @Override
    public Duration lag() {
        return Duration.ZERO;
    }

    @Override
    public void drop(TablespaceId tablespace) {
        throw readOnly();
    }

    @Override
    public void close() {
        // The inspection closes the database.
    }
}
