package io.gramme.server.cluster;

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
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A store for as long as its server is in touch with the others. What the server knows of tables may be old after that: so what
 * was read counts only if it was still in touch when it had been read, and a commit is decided on only if it is in touch by
 * then. A commit that was decided on ends before others would strike the server off: that is what the time between silence
 * and death is for.
 */
final class FencedStore implements RowStore {
    private final RowStore store;
    private final Membership membership;

    FencedStore(RowStore store, Membership membership) {
        this.store = store;
        this.membership = membership;
    }

    /** Asked before as well: who is out of touch most likely cannot read either, and would find that out slowly. */
    private <T> T current(Supplier<T> reading) {
        membership.requireInTouch();
        T read = reading.get();
        membership.requireInTouch();
        return read;
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return current(() -> store.get(key, consistency));
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return current(() -> store.getAll(keys, consistency));
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return current(() -> store.scan(partition, range, direction, budget, consistency));
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return current(() -> store.sweep(range, budget, consistency));
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        membership.requireInTouch();
        return store.transact(reads, current -> {
            var outcome = transition.apply(current);
            membership.requireInTouch();
            return outcome;
        });
    }

    @Override
    public boolean isDistributed() {
        return store.isDistributed();
    }

    @Override
    public ChangeLog changes() {
        return new FencedLog(store.changes());
    }

    private final class FencedLog implements ChangeLog {
        private final ChangeLog log;

        private FencedLog(ChangeLog log) {
            this.log = log;
        }

        @Override
        public LogPage read(PartitionKey partition, LogPosition after, Budget budget) {
            return current(() -> log.read(partition, after, budget));
        }

        @Override
        public LogPosition complete() {
            return current(() -> log.complete());
        }

        @Override
        public LogPosition latest() {
            return current(() -> log.latest());
        }

        @Override
        public LogPosition highWatermark() {
            return current(() -> log.highWatermark());
        }

        @Override
        public void trim(PartitionKey partition, LogPosition last) {
            membership.requireInTouch();
            log.trim(partition, last);
        }
    }

    @Override
    public Duration lag() {
        return store.lag();
    }

    @Override
    public void drop(long number) {
        membership.requireInTouch();
        store.drop(number);
    }

    @Override
    public void close() {
        store.close();
    }
}
