package io.gramme.storage.engine;

import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Retained;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * A store that delays the rows of partitions that their transaction did not name: as the contract of
 * {@link RowStore#transact} allows, and as happens in a cluster. It serves tests of programs that must not rely on a
 * global index being up to date. The delayed rows appear in the order of the transactions; those still delayed when the
 * process ends are lost.
 *
 * <p>Transactions run one at a time, so that the order is known. Reads take no lock.
 */
public final class LaggingStore extends ForwardingStore {
    /** The most transactions with delayed rows: beyond it, the oldest are applied early. */
    private static final int MOST_WAITING = 100_000;

    private static final Duration REST = Duration.ofMillis(100);

    private final Duration delay;
    private final InstantSource clock;

    /** Held by a transaction from its reads until its delayed rows are queued, and by the thread that applies them. */
    private final ReentrantLock order = new ReentrantLock();

    /** Guarded by {@code order}. */
    private final Deque<Later> waiting = new ArrayDeque<>();

    /** The part of an outcome that is delayed. */
    private record Delayed(List<Write> writes, List<Retained> retained) {
        static final Delayed NOTHING = new Delayed(List.of(), List.of());
    }

    private record Later(Instant due, Delayed rows) {
        Later without(TablespaceId dropped) {
            return new Later(
                    due,
                    new Delayed(
                            rows.writes().stream()
                                    .filter(write -> !write.key()
                                            .partition()
                                            .tablespace()
                                            .equals(dropped))
                                    .toList(),
                            rows.retained().stream()
                                    .filter(image -> !image.key()
                                            .partition()
                                            .tablespace()
                                            .equals(dropped))
                                    .toList()));
        }
    }

    public LaggingStore(RowStore store, Duration delay, InstantSource clock) {
        super(store);
        this.delay = delay;
        this.clock = clock;
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        order.lock();
        try {
            var later = new AtomicReference<>(Delayed.NOTHING);
            R answer = super.transact(reads, (Transition.Versioned<R>)
                    (current, version) -> split(reads, transition.apply(current, version), later));
            if (!later.get().writes().isEmpty()) {
                if (waiting.size() == MOST_WAITING) {
                    deliver(waiting.remove());
                }
                waiting.add(new Later(clock.instant().plus(delay), later.get()));
            }
            return answer;
        } finally {
            order.unlock();
        }
    }

    /** A row's image is retained with its write: what is delayed is in the history when it is in the store. */
    private static <R> Outcome<R> split(Set<RowKey> reads, Outcome<R> outcome, AtomicReference<Delayed> later) {
        Set<PartitionKey> named = reads.stream().map(RowKey::partition).collect(Collectors.toSet());
        Map<Boolean, List<Write>> writes = outcome.writes().stream()
                .collect(Collectors.partitioningBy(
                        write -> named.contains(write.key().partition())));
        Map<Boolean, List<Retained>> retained = outcome.retained().stream()
                .collect(Collectors.partitioningBy(
                        image -> named.contains(image.key().partition())));
        later.set(new Delayed(writes.getOrDefault(false, List.of()), retained.getOrDefault(false, List.of())));
        return new Outcome<>(
                writes.getOrDefault(true, List.of()),
                outcome.appends(),
                retained.getOrDefault(true, List.of()),
                outcome.answer());
    }

    /** Applies the delayed rows that are due; returns how long the caller may rest before the next ones. */
    public Duration deliverDue() {
        order.lock();
        try {
            Instant now = clock.instant();
            while (!waiting.isEmpty() && !waiting.element().due().isAfter(now)) {
                deliver(waiting.remove());
            }
            return waiting.isEmpty()
                    ? min(delay, REST)
                    : min(Duration.between(now, waiting.element().due()), REST);
        } finally {
            order.unlock();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void deliver(Later later) {
        Delayed rows = later.rows();
        Set<RowKey> keys = rows.writes().stream().map(Write::key).collect(Collectors.toSet());
        super.transact(keys, _ -> new Outcome<>(rows.writes(), List.of(), rows.retained(), true));
    }

    @Override
    public Duration lag() {
        order.lock();
        try {
            return waiting.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(waiting.element().due().minus(delay), clock.instant());
        } finally {
            order.unlock();
        }
    }

    @Override
    public void drop(TablespaceId dropped) {
        order.lock();
        try {
            List<Later> kept =
                    waiting.stream().map(later -> later.without(dropped)).toList();
            waiting.clear();
            waiting.addAll(kept);
            super.drop(dropped);
        } finally {
            order.unlock();
        }
    }
}
