package io.gramme.storage.testkit;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.Range;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A store in which calls fail, take long, or run their transition again. For the tests of code that uses a store.
 *
 * <p>The faults are those that the SPI allows: a call fails with {@link StorageException}, and its writes are then
 * wholly there or not at all. Besides, every transition is checked against its contract: to name no key twice, and,
 * where it runs again, to decide the same.
 */
public final class FaultyStore implements RowStore {
    private static final Duration DELAY = Duration.ofMillis(2);

    private final RowStore store;
    private final Supplier<Fault> faults;

    /** @param faults called once for each call, by one thread at a time */
    public FaultyStore(RowStore store, Supplier<Fault> faults) {
        this.store = store;
        this.faults = faults;
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return under(nextFault(), () -> store.get(key, consistency));
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return under(nextFault(), () -> store.getAll(keys, consistency));
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return under(nextFault(), () -> store.scan(partition, range, direction, budget, consistency));
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return under(nextFault(), () -> store.sweep(range, budget, consistency));
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        Fault fault = nextFault();
        Transition.Versioned<R> checked = switch (fault) {
            case NONE, ERROR_BEFORE, ERROR_AFTER, DELAY ->
                (current, version) -> checked(transition.apply(current, version));
            case RERUN ->
                (current, version) -> {
                    Outcome<R> first = transition.apply(current, version);
                    return checkedSame(first, checked(transition.apply(current, version)));
                };
        };
        return under(fault, () -> store.transact(reads, checked));
    }

    @Override
    public boolean isDistributed() {
        return store.isDistributed();
    }

    @Override
    public ChangeLog changes() {
        return new FaultyLog(store.changes());
    }

    private final class FaultyLog implements ChangeLog {
        private final ChangeLog log;

        FaultyLog(ChangeLog log) {
            this.log = log;
        }

        @Override
        public LogPage read(PartitionKey partition, LogPosition after, Budget budget) {
            return under(nextFault(), () -> log.read(partition, after, budget));
        }

        @Override
        public LogPosition complete() {
            return under(nextFault(), log::complete);
        }

        @Override
        public LogPosition latest() {
            return under(nextFault(), log::latest);
        }

        @Override
        public LogPosition highWatermark() {
            return under(nextFault(), log::highWatermark);
        }

        @Override
        public void trim(PartitionKey partition, LogPosition last) {
            under(nextFault(), () -> {
                log.trim(partition, last);
                return true;
            });
        }
    }

    @Override
    public RowHistory history() {
        return new FaultyHistory(store.history());
    }

    private final class FaultyHistory implements RowHistory {
        private final RowHistory history;

        FaultyHistory(RowHistory history) {
            this.history = history;
        }

        @Override
        public Optional<PastRow> first(RowKey key, LogPosition at) {
            return under(nextFault(), () -> history.first(key, at));
        }

        @Override
        public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
            return under(nextFault(), () -> history.scan(partition, range, direction, at, budget));
        }

        @Override
        public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
            return under(nextFault(), () -> history.sweep(range, at, budget));
        }

        @Override
        public Comparator<PartitionKey> order() {
            return history.order();
        }

        @Override
        public void forget(TablespaceId tablespace, LogPosition until) {
            under(nextFault(), () -> {
                history.forget(tablespace, until);
                return true;
            });
        }
    }

    @Override
    public Duration lag() {
        return store.lag();
    }

    @Override
    public void drop(TablespaceId tablespace) {
        under(nextFault(), () -> {
            store.drop(tablespace);
            return true;
        });
    }

    @Override
    public void close() {
        store.close();
    }

    private Fault nextFault() {
        synchronized (faults) {
            return faults.get();
        }
    }

    private static <T> T under(Fault fault, Supplier<T> call) {
        return switch (fault) {
            case NONE, RERUN -> call.get();
            case ERROR_BEFORE -> throw new StorageException("injected fault: nothing was done");
            case ERROR_AFTER -> {
                T lost = call.get();
                throw new StorageException("injected fault: the answer was lost: answer=" + lost);
            }
            case DELAY -> {
                LockSupport.parkNanos(DELAY.toNanos());
                yield call.get();
            }
        };
    }

    private static <R> Outcome<R> checked(Outcome<R> outcome) {
        long keys = outcome.writes().stream().map(Write::key).distinct().count();
        if (keys != outcome.writes().size()) {
            throw new AssertionError("a transition writes a key twice: " + outcome.writes());
        }
        List<RowKey> retained = outcome.retained().stream().map(Retained::key).toList();
        Set<RowKey> written = outcome.writes().stream().map(Write::key).collect(Collectors.toSet());
        if (!written.containsAll(retained) || Set.copyOf(retained).size() != retained.size()) {
            throw new AssertionError("a transition retains a row twice, or one that it does not write: " + outcome);
        }
        return outcome;
    }

    private static <R> Outcome<R> checkedSame(Outcome<R> first, Outcome<R> second) {
        if (!first.writes().equals(second.writes())
                || !first.appends().equals(second.appends())
                || !first.retained().equals(second.retained())) {
            throw new AssertionError("a transition that was run again on the same rows decides otherwise: " + first
                    + " and then " + second);
        }
        return second;
    }
}
