package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRows;
import io.gramme.storage.Range;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Random transactions of several threads that retain what they change, while another thread reads the rows as of random
 * earlier positions. A model remembers every change by its version; at the end each read is compared with the model's
 * state at its position, row by row.
 *
 * <p>The same history may be run again, on the same store or on what was made of it by closing and opening it.
 */
public final class RetainedHistory {
    private static final int WRITERS = 4;

    /** The transactions that writers may make for each position that is read: so both go on for equally long. */
    private static final int TRANSACTIONS_OF_A_POSITION = 10;

    private static final int KIND = 'i';
    private static final List<TablespaceId> TABLESPACES = List.of(ContractSubject.ONE, ContractSubject.TWO);
    private static final PartitionKey LOG = new PartitionKey(ContractSubject.ONE, Bytes.utf8("log of the history"));
    private static final List<Bytes> PARTITIONS = Stream.concat(
                    SweepContract.COLLIDING.stream(),
                    Stream.of("", "a", "a\0", "ab", "b").map(Bytes::utf8))
            .toList();
    private static final List<Bytes> SORTS = Stream.of("i", "i\0", "i\0\0", "ia", "ia\0", "ib", "iÿ", "iÿÿ")
            .map(Bytes::utf8)
            .toList();

    private final Random seeds;
    private final int positions;
    private final AtomicLong transactions = new AtomicLong();

    /** The changes of each transaction, by its version. */
    private final NavigableMap<Long, Map<RowKey, Optional<Bytes>>> model = new ConcurrentSkipListMap<>();

    /** What was read at a position: by which read, and what it must be compared with. */
    private record Reading(LogPosition at, Wanted wanted, List<Row> found) {}

    /** A choice of rows, in an order. */
    private sealed interface Wanted {
        record Swept(TablespaceId tablespace) implements Wanted {}

        record Scanned(PartitionKey partition, Range range, Direction direction) implements Wanted {}

        record Got(List<RowKey> keys) implements Wanted {}
    }

    /** @param positions how many are read while writers run */
    public RetainedHistory(long seed, int positions) {
        this.seeds = new Random(seed);
        this.positions = positions;
    }

    /** The store must have changed only by runs of this history. */
    public void run(RowStore store) {
        var readings = new ArrayList<Reading>();
        var permits = new Semaphore(TRANSACTIONS_OF_A_POSITION * 10);
        long[] seedOf = seeds.longs(WRITERS + 1).toArray();
        var first = LogPosition.behind(model.isEmpty() ? 0 : model.firstKey());
        Threads.run(WRITERS + 1, thread -> {
            var random = new Random(seedOf[thread]);
            if (thread < WRITERS) {
                for (int i = 0; i < positions * TRANSACTIONS_OF_A_POSITION / WRITERS; i++) {
                    permits.acquire();
                    transact(store, random);
                }
                return;
            }
            try {
                for (int i = 0; i < positions; i++) {
                    permits.release(TRANSACTIONS_OF_A_POSITION);
                    read(store, position(store, random, first), random, readings);
                }
            } finally {
                permits.release(positions * TRANSACTIONS_OF_A_POSITION);
            }
        });
        check(store, readings);
        check(store);
    }

    /** Reads random positions of a store without concurrent writes. */
    public void check(RowStore store) {
        var random = new Random(seeds.nextLong());
        var readings = new ArrayList<Reading>();
        var first = LogPosition.behind(model.firstKey());
        for (int i = 0; i < positions / 4; i++) {
            read(store, position(store, random, first), random, readings);
        }
        read(store, store.changes().complete(), random, readings);
        check(store, readings);
    }

    private void check(RowStore store, List<Reading> readings) {
        readings.stream().collect(Collectors.groupingBy(Reading::at)).forEach((at, together) -> {
            Map<RowKey, Bytes> state = stateAt(at);
            together.forEach(reading -> check(store, reading, state));
        });
    }

    private void transact(RowStore store, Random random) {
        Map<RowKey, Optional<Bytes>> changes = new LinkedHashMap<>();
        long number = transactions.incrementAndGet();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Optional<Bytes> value =
                    random.nextInt(3) == 0 ? Optional.empty() : Optional.of(Bytes.utf8(number + "." + i));
            changes.put(key(random), value);
        }
        // Of another kind, written once: it tells the version of the transaction.
        var marker = new RowKey(new PartitionKey(ContractSubject.ONE, Bytes.utf8("marker " + number)), Bytes.utf8("j"));
        List<Append> appends = random.nextInt(4) == 0 ? List.of(new Append(LOG, Bytes.EMPTY)) : List.of();
        Set<RowKey> reads = new HashSet<>(changes.keySet());
        reads.add(marker);
        store.transact(reads, current -> {
            List<Write> writes = new ArrayList<>();
            List<Retained> retained = new ArrayList<>();
            writes.add(new Write.Put(marker, Bytes.EMPTY));
            changes.forEach((key, value) -> {
                writes.add(value.<Write>map(it -> new Write.Put(key, it)).orElseGet(() -> new Write.Delete(key)));
                retained.add(new Retained(key, Transition.row(current, key).map(Row::value), Duration.ofDays(1)));
            });
            return new Outcome<>(writes, appends, retained, true);
        });
        long version = store.get(marker, Consistency.STRONG).map(Row::version).orElseThrow();
        assertThat(model.put(version, changes)).as("versions are unique").isNull();
    }

    /** The newest one half of the time. */
    private static LogPosition position(RowStore store, Random random, LogPosition first) {
        LogPosition complete = store.changes().complete();
        if (random.nextBoolean() || complete.version() <= first.version()) {
            return complete;
        }
        long since = first.version() == 0 ? complete.version() - 2_000_000 : first.version();
        return new LogPosition(random.nextLong(since, complete.version() + 1), random.nextInt(3));
    }

    private static void read(RowStore store, LogPosition at, Random random, List<Reading> readings) {
        var past = new PastRows(store, at);
        for (TablespaceId id : TABLESPACES) {
            var found = PastWalk.sweep(past, HashRange.whole(id, KIND), budget(random));
            readings.add(new Reading(at, new Wanted.Swept(id), found));
        }
        PartitionKey partition = key(random).partition();
        Range range = random.nextBoolean()
                ? Walk.EVERYTHING
                : new Range(key(random).sort(), Optional.of(key(random).sort()));
        Direction direction = random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
        var scanned = PastWalk.scan(past, partition, range, direction, budget(random));
        readings.add(new Reading(at, new Wanted.Scanned(partition, range, direction), scanned));
        List<RowKey> keys = Stream.generate(() -> key(random)).limit(4).toList();
        List<Row> got = past.getAll(keys).stream().flatMap(Optional::stream).toList();
        readings.add(new Reading(at, new Wanted.Got(keys), got));
    }

    private static Budget budget(Random random) {
        return random.nextInt(3) == 0 ? Walk.AMPLE : new Budget(1 + random.nextInt(6), 1 + random.nextInt(60));
    }

    private static RowKey key(Random random) {
        return new RowKey(
                new PartitionKey(
                        TABLESPACES.get(random.nextInt(TABLESPACES.size())),
                        PARTITIONS.get(random.nextInt(PARTITIONS.size()))),
                SORTS.get(random.nextInt(SORTS.size())));
    }

    private void check(RowStore store, Reading reading, Map<RowKey, Bytes> state) {
        Stream<RowKey> expected = switch (reading.wanted()) {
            case Wanted.Swept(var id) ->
                state.keySet().stream()
                        .filter(key -> key.partition().tablespace().equals(id))
                        .sorted(Comparator.comparing(
                                        RowKey::partition, store.history().order())
                                .thenComparing(RowKey::sort));
            case Wanted.Scanned(var partition, var range, var direction) -> {
                Comparator<RowKey> forward = Comparator.comparing(RowKey::sort);
                yield state.keySet().stream()
                        .filter(key -> key.partition().equals(partition) && isIn(range, key.sort()))
                        .sorted(direction == Direction.FORWARD ? forward : forward.reversed());
            }
            case Wanted.Got(var keys) -> keys.stream().filter(state::containsKey);
        };
        long version = reading.at().version();
        assertThat(reading.found().stream()
                        .map(row -> Map.entry(row.key(), row.value()))
                        .toList())
                .as("rows at %s: %s", reading.at(), reading.wanted())
                .isEqualTo(expected.map(key -> Map.entry(key, Objects.requireNonNull(state.get(key))))
                        .toList());
        assertThat(reading.found()).allMatch(row -> row.version() <= version);
    }

    private static boolean isIn(Range range, Bytes sort) {
        return sort.compareTo(range.from()) >= 0
                && (range.to().isEmpty() || sort.compareTo(range.to().get()) < 0);
    }

    private Map<RowKey, Bytes> stateAt(LogPosition at) {
        Map<RowKey, Bytes> state = new LinkedHashMap<>();
        model.headMap(at.version(), true)
                .values()
                .forEach(changes -> changes.forEach(
                        (key, value) -> value.ifPresentOrElse(it -> state.put(key, it), () -> state.remove(key))));
        return state;
    }
}
