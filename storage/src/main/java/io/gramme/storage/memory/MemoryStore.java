package io.gramme.storage.memory;

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
import io.gramme.storage.engine.LogRows;
import io.gramme.storage.engine.OpenCommits;
import io.gramme.storage.engine.PageBuilder;
import io.gramme.storage.engine.PartitionLocks;
import io.gramme.storage.engine.VersionClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The engine that keeps rows on the heap, in one sorted map per tablespace. The rows are lost when the process ends.
 *
 * <p>Two kinds of locks, always taken in this order. A transaction locks its partitions from its reads to its last
 * write ({@link PartitionLocks}). Readers of rows share {@code state}, and writers hold it exclusively: so each answer
 * shows the store as it was between two transactions. Transitions run outside of {@code state}.
 */
public final class MemoryStore implements RowStore {
    private final Map<TablespaceId, ConcurrentNavigableMap<Place, Row>> tablespaces = new ConcurrentHashMap<>();

    /** Guarded by {@code state}, as the rows are. */
    private final MemoryHistory images = new MemoryHistory();

    private final PartitionLocks partitions = new PartitionLocks();
    private final Lock looking;
    private final Lock changing;
    private final OpenCommits commits;
    private volatile boolean closed;

    public MemoryStore(InstantSource clock) {
        this.commits = new OpenCommits(new VersionClock(clock));
        var state = new ReentrantReadWriteLock();
        this.looking = state.readLock();
        this.changing = state.writeLock();
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        looking.lock();
        try {
            requireOpen();
            return find(key);
        } finally {
            looking.unlock();
        }
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        looking.lock();
        try {
            requireOpen();
            return keys.stream().map(this::find).toList();
        } finally {
            looking.unlock();
        }
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        looking.lock();
        try {
            requireOpen();
            var page = new PageBuilder(budget);
            for (Row row : slice(partition, range, direction).values()) {
                if (!page.add(row)) {
                    return page.cut();
                }
            }
            return page.exhausted();
        } finally {
            looking.unlock();
        }
    }

    private NavigableMap<Place, Row> slice(PartitionKey partition, Range range, Direction direction) {
        if (range.isEmpty()) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<Place, Row> slice =
                rows(partition.tablespace()).subMap(from(partition, range), true, to(partition, range), false);
        return switch (direction) {
            case FORWARD -> slice;
            case BACKWARD -> slice.descendingMap();
        };
    }

    private static Place from(PartitionKey partition, Range range) {
        return Place.of(partition, range.from());
    }

    private static Place to(PartitionKey partition, Range range) {
        return range.to()
                .map(sort -> Place.of(partition, sort))
                .orElseGet(() -> from(partition, range).behindPartition());
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        looking.lock();
        try {
            requireOpen();
            return sweep(rows(range.tablespace()), range, new PageBuilder(budget));
        } finally {
            looking.unlock();
        }
    }

    private static Page sweep(NavigableMap<Place, Row> rows, HashRange range, PageBuilder page) {
        Iterator<Map.Entry<Place, Row>> ahead = from(rows, range);
        while (ahead.hasNext()) {
            var entry = ahead.next();
            Place place = entry.getKey();
            if (Long.compareUnsigned(place.hash(), range.to()) > 0) {
                break;
            }
            if (place.kind() < range.kind()) {
                ahead = rows.tailMap(place.beforeKind(range.kind()), true)
                        .entrySet()
                        .iterator();
            } else if (place.kind() > range.kind()) {
                ahead = rows.tailMap(place.behindPartition(), true).entrySet().iterator();
            } else if (!page.add(entry.getValue())) {
                return page.cut();
            }
        }
        return page.exhausted();
    }

    private static Iterator<Map.Entry<Place, Row>> from(NavigableMap<Place, Row> rows, HashRange range) {
        Place start = Place.beforeHash(range.from());
        Optional<Place> after = range.after().map(Place::of).filter(place -> place.compareTo(start) > 0);
        return rows.tailMap(after.orElse(start), after.isEmpty()).entrySet().iterator();
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        try (var _ = partitions.lock(reads)) {
            Map<RowKey, Optional<Row>> current = read(reads);
            long version = commits.open(current.values());
            try {
                Outcome<R> outcome = transition.apply(current, version);
                if (!outcome.isUnchanged()) {
                    write(LogRows.writes(outcome, version), outcome.retained(), version);
                }
                return outcome.answer();
            } finally {
                commits.close(version);
            }
        }
    }

    private Map<RowKey, Optional<Row>> read(Set<RowKey> keys) {
        looking.lock();
        try {
            requireOpen();
            Map<RowKey, Optional<Row>> current = new LinkedHashMap<>();
            keys.forEach(key -> current.put(key, find(key)));
            return Collections.unmodifiableMap(current);
        } finally {
            looking.unlock();
        }
    }

    private void write(List<Write> writes, List<Retained> retained, long version) {
        changing.lock();
        try {
            requireOpen();
            for (Write write : writes) {
                Place place = Place.of(write.key());
                var rows = tablespaces.computeIfAbsent(
                        write.key().partition().tablespace(), _ -> new ConcurrentSkipListMap<>());
                switch (write) {
                    case Write.Put(var key, var value) -> rows.put(place, new Row(key, value, version));
                    case Write.Delete _ -> rows.remove(place);
                }
            }
            retained.forEach(image -> images.add(image, version));
        } finally {
            changing.unlock();
        }
    }

    @Override
    public ChangeLog changes() {
        return new Log();
    }

    private final class Log implements ChangeLog {

        @Override
        public LogPage read(PartitionKey log, LogPosition after, Budget budget) {
            LogPosition complete = commits.complete();
            Range range = LogRows.between(after, complete);
            return LogRows.page(scan(log, range, Direction.FORWARD, budget, Consistency.STRONG), complete);
        }

        @Override
        public LogPosition complete() {
            return commits.complete();
        }

        @Override
        public LogPosition latest() {
            return commits.latest();
        }

        @Override
        public void trim(PartitionKey log, LogPosition last) {
            changing.lock();
            try {
                requireOpen();
                slice(log, LogRows.upTo(last), Direction.FORWARD).clear();
            } finally {
                changing.unlock();
            }
        }
    }

    @Override
    public RowHistory history() {
        return new History();
    }

    private final class History implements RowHistory {

        @Override
        public Optional<PastRow> first(RowKey key, LogPosition at) {
            looking.lock();
            try {
                requireOpen();
                return images.first(key, at);
            } finally {
                looking.unlock();
            }
        }

        @Override
        public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
            if (range.isEmpty()) {
                return new PastPage(List.of(), true);
            }
            var wanted = new MemoryHistory.Wanted(
                    partition.tablespace(),
                    from(partition, range),
                    Optional.of(to(partition, range)),
                    Optional.empty(),
                    at);
            return page(wanted, direction, budget);
        }

        @Override
        public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
            Place first = Place.beforeHash(range.from());
            Place from = range.after()
                    .map(row -> Place.of(row.partition(), row.sort().next()))
                    .filter(place -> place.compareTo(first) > 0)
                    .orElse(first);
            Optional<Place> to = range.to() == -1 ? Optional.empty() : Optional.of(Place.beforeHash(range.to() + 1));
            var wanted = new MemoryHistory.Wanted(range.tablespace(), from, to, Optional.of(range.kind()), at);
            return page(wanted, Direction.FORWARD, budget);
        }

        private PastPage page(MemoryHistory.Wanted wanted, Direction direction, Budget budget) {
            looking.lock();
            try {
                requireOpen();
                return images.page(wanted, direction, budget);
            } finally {
                looking.unlock();
            }
        }

        @Override
        public Comparator<PartitionKey> order() {
            return Place::comparePartitions;
        }

        @Override
        public void forget(TablespaceId tablespace, LogPosition until) {
            changing.lock();
            try {
                requireOpen();
                images.forget(tablespace, until);
            } finally {
                changing.unlock();
            }
        }
    }

    @Override
    public boolean isUnused() {
        return tablespaces.isEmpty();
    }

    @Override
    public Duration lag() {
        return Duration.ZERO;
    }

    @Override
    public void drop(TablespaceId tablespace) {
        changing.lock();
        try {
            requireOpen();
            tablespaces.remove(tablespace);
            images.drop(tablespace);
        } finally {
            changing.unlock();
        }
    }

    /** Deletes everything. Waits for the readers and writers in progress; later ones are refused. */
    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            tablespaces.clear();
            images.clear();
        } finally {
            changing.unlock();
        }
    }

    private Optional<Row> find(RowKey key) {
        return Optional.ofNullable(rows(key.partition().tablespace()).get(Place.of(key)));
    }

    private NavigableMap<Place, Row> rows(TablespaceId tablespace) {
        NavigableMap<Place, Row> rows = tablespaces.get(tablespace);
        return rows == null ? Collections.emptyNavigableMap() : rows;
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("store is closed");
        }
    }
}
