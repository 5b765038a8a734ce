package io.gramme.tables.ttl;

import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.ForwardingStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the rows that are read from a store. */
final class CountingStore extends ForwardingStore {
    private final AtomicLong rows = new AtomicLong();

    CountingStore(RowStore store) {
        super(store);
    }

    long rowsRead() {
        return rows.get();
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        rows.incrementAndGet();
        return super.get(key, consistency);
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return counted(super.scan(partition, range, direction, budget, consistency));
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return counted(super.sweep(range, budget, consistency));
    }

    private Page counted(Page page) {
        rows.addAndGet(page.rows().size());
        return page;
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        rows.addAndGet(reads.size());
        return super.transact(reads, transition);
    }
}
