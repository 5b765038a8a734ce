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
 * The rows of commits that are queued and not yet durable. The next transaction on such a row builds on it, so that a
 * hot row is not synced once for each write; no other reader sees it.
 *
 * <p>A caller that reads or adds a row here has its partition locked. A row is removed once it can be read from the
 * database.
 */
final class PendingRows {

    /**
     * A row as its commit leaves it.
     *
     * @param row empty if the commit deletes it
     * @param commit the commit it depends on
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

    /** Removes the rows that the commit added, except those that a later commit has written meanwhile. */
    void remove(List<Write> writes, Ticket commit) {
        for (Write write : writes) {
            rows.computeIfPresent(write.key(), (_, pending) -> pending.commit == commit ? null : pending);
        }
    }
}
