package io.gramme.tables.cluster;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A row store that refuses to work while its server is not in touch with the cluster. A server that is out of touch may
 * hold old table definitions. Therefore a read counts only if the server was still in touch after it, and a commit is
 * decided only while the server is in touch. A commit that was decided ends before the other servers would evict this
 * one: the time between self-fence and eviction is long enough for it.
 */
final class FencedStore implements RowStore {
    private final RowStore store;
    private final Membership membership;

    FencedStore(RowStore store, Membership membership) {
        this.store = store;
        this.membership = membership;
    }

    /**
     * Checked before the read as well: a server that is out of touch most likely cannot read, and would learn it
     * slowly.
     */
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
        return store.transact(reads, (Transition.Versioned<R>) (current, version) -> {
            var outcome = transition.apply(current, version);
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
    public RowHistory history() {
        return new FencedHistory(store.history());
    }

    private final class FencedHistory implements RowHistory {
        private final RowHistory history;

        private FencedHistory(RowHistory history) {
            this.history = history;
        }

        @Override
        public Optional<PastRow> first(RowKey key, LogPosition at) {
            return current(() -> history.first(key, at));
        }

        @Override
        public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
            return current(() -> history.scan(partition, range, direction, at, budget));
        }

        @Override
        public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
            return current(() -> history.sweep(range, at, budget));
        }

        @Override
        public Comparator<PartitionKey> order() {
            return history.order();
        }

        @Override
        public void forget(TablespaceId tablespace, LogPosition until) {
            membership.requireInTouch();
            history.forget(tablespace, until);
        }
    }

    @Override
    public Duration lag() {
        return store.lag();
    }

    @Override
    public void drop(TablespaceId tablespace) {
        membership.requireInTouch();
        store.drop(tablespace);
    }

    @Override
    public void close() {
        store.close();
    }
}
