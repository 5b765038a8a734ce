package io.gramme.server.ttl;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.Partition;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the rows that are read from a store. */
final class CountingStore implements RowStore {
    private final RowStore store;
    private final AtomicLong rows = new AtomicLong();

    CountingStore(RowStore store) {
        this.store = store;
    }

    long rowsRead() {
        return rows.get();
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        rows.incrementAndGet();
        return store.get(key, consistency);
    }

    @Override
    public Page scan(Partition partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return counted(store.scan(partition, range, direction, budget, consistency));
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return counted(store.sweep(range, budget, consistency));
    }

    private Page counted(Page page) {
        rows.addAndGet(page.rows().size());
        return page;
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        rows.addAndGet(reads.size());
        return store.transact(reads, transition);
    }

    @Override
    public ChangeLog changes() {
        return store.changes();
    }

    @Override
    public Duration lag() {
        return store.lag();
    }

    @Override
    public void drop(long number) {
        store.drop(number);
    }

    @Override
    public void close() {
        store.close();
    }
}
