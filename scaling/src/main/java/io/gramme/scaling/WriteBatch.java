package io.gramme.scaling;

import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes rows that depend on no others, many in a transaction: as many as follow each other in one partition, up to a
 * bound. For one thread.
 */
final class WriteBatch {
    private static final int MOST = 100;

    private final RowStore store;
    private final List<Write> writes = new ArrayList<>();
    private Optional<PartitionKey> partition = Optional.empty();

    WriteBatch(RowStore store) {
        this.store = store;
    }

    void add(Write write) {
        Optional<PartitionKey> other = Optional.of(write.key().partition());
        if (writes.size() >= MOST || !other.equals(partition)) {
            flush();
            partition = other;
        }
        writes.add(write);
    }

    /** Writes what is not written yet. */
    void flush() {
        if (writes.isEmpty()) {
            return;
        }
        List<Write> all = List.copyOf(writes);
        Set<RowKey> keys = new HashSet<>();
        all.forEach(write -> keys.add(write.key()));
        var _ = store.transact(keys, _ -> new Outcome<>(all, true));
        writes.clear();
    }
}
