package io.gramme.storage.engine;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Checkpoint;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.DiskSpace;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store that delegates to another store; subclasses override single methods. */
public abstract class ForwardingStore implements RowStore {
    private final RowStore store;

    protected ForwardingStore(RowStore store) {
        this.store = store;
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return store.get(key, consistency);
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return store.getAll(keys, consistency);
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return store.scan(partition, range, direction, budget, consistency);
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return store.sweep(range, budget, consistency);
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        return store.transact(reads, transition);
    }

    @Override
    public boolean isDistributed() {
        return store.isDistributed();
    }

    @Override
    public ChangeLog changes() {
        return store.changes();
    }

    @Override
    public RowHistory history() {
        return store.history();
    }

    @Override
    public Duration lag() {
        return store.lag();
    }

    @Override
    public boolean isUnused() {
        return store.isUnused();
    }

    @Override
    public Optional<DiskSpace> disk() {
        return store.disk();
    }

    @Override
    public Optional<String> writesRefused() {
        return store.writesRefused();
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return store.checkpoint();
    }

    @Override
    public void drop(TablespaceId tablespace) {
        store.drop(tablespace);
    }

    @Override
    public void close() {
        store.close();
    }
}
