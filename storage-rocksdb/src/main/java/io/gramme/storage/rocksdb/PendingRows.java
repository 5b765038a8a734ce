package io.gramme.storage.rocksdb;

import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import io.gramme.storage.rocksdb.GroupCommitter.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows of commits that are queued and not yet durable. The next transaction on such a row builds on it, so that a row
 * that everybody writes is not synced once for each write; nobody else sees it.
 *
 * <p>Whoever reads or adds a row here has its partition locked. A row is removed once it can be read from the database.
 */
final class PendingRows {

    /**
     * A row as it will be.
     *
     * @param row empty if it will have been deleted
     * @param commit what it depends on
     */
    record Pending(Optional<Row> row, Ticket commit) {}

    private final Map<RowKey, Pending> rows = new ConcurrentHashMap<>();

    Optional<Pending> get(RowKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    void add(List<Write> writes, long version, Ticket commit) {
        for (Write write : writes) {
            Optional<Row> row = switch (write) {
                case Write.Put(var key, var value) -> Optional.of(new Row(key, value, version));
                case Write.Delete _ -> Optional.empty();
            };
            rows.put(write.key(), new Pending(row, commit));
        }
    }

    /** Removes what the commit added, but for rows that a later one has written meanwhile. */
    void remove(List<Write> writes, Ticket commit) {
        for (Write write : writes) {
            rows.computeIfPresent(write.key(), (_, pending) -> pending.commit == commit ? null : pending);
        }
    }
}
