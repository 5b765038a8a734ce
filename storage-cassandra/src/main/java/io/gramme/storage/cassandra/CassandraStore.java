package io.gramme.storage.cassandra;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.ContentionException;
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
import io.gramme.storage.SharedRowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.VersionTime;
import io.gramme.storage.engine.PageBuilder;
import io.gramme.storage.engine.PartitionLocks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The engine that keeps rows in a Cassandra cluster. Any number of servers work on the same keyspace; no server keeps
 * state that another needs.
 *
 * <p>Transactions of this server take turns by partition ({@link PartitionLocks}), because concurrent conditional
 * writes in Cassandra contend; those that wait for one partition are committed together ({@link PartitionQueues}).
 * Correctness does not depend on that: the register of each partition serializes transactions of different servers.
 */
public final class CassandraStore implements SharedRowStore {
    private final Engine engine;
    private final boolean ownsConnection;
    private final Reads reads;
    private final PartitionQueues lines;
    private final Recovery recovery;
    private final CassandraHistory history;
    private final Dropped dropped;
    private final PartitionLocks turns = new PartitionLocks();
    private volatile boolean closed;

    private CassandraStore(Engine engine, boolean ownsConnection) {
        this.engine = engine;
        this.ownsConnection = ownsConnection;
        this.reads = new Reads(engine);
        this.lines = new PartitionQueues(
                new Transactor(engine), turns, engine.options().patience());
        this.recovery = new Recovery(engine);
        this.history = new CassandraHistory(engine, recovery);
        this.dropped = new Dropped(engine);
    }

    /** Connects to the cluster, and creates the keyspace and its tables if they do not exist. */
    public static CassandraStore open(CassandraOptions options, InstantSource time) {
        Cql cql = Cql.connect(options);
        try {
            Schema.create(cql, options);
            return new CassandraStore(Engine.of(options, cql, time, FailPoints.NONE), true);
        } catch (RuntimeException e) {
            cql.close();
            throw e;
        }
    }

    /** On a connection that others use as well, and whose keyspace exists. */
    static CassandraStore on(Cql cql, CassandraOptions options, InstantSource time, FailPoints steps) {
        return new CassandraStore(Engine.of(options, cql, time, steps), false);
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        requireOpen();
        return dropped.has(key.partition().tablespace()) ? Optional.empty() : reads.get(key, consistency);
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        requireOpen();
        List<RowKey> kept = keys.stream()
                .filter(key -> !dropped.has(key.partition().tablespace()))
                .toList();
        Map<RowKey, Row> found = reads.getAll(kept, consistency);
        return keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList();
    }

    @Override
    public boolean isUnused() {
        requireOpen();
        return reads.isEmpty();
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        requireOpen();
        return dropped.has(partition.tablespace())
                ? new PageBuilder(budget).exhausted()
                : reads.scan(partition, range, direction, budget, consistency);
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        requireOpen();
        return dropped.has(range.tablespace())
                ? new PageBuilder(budget).exhausted()
                : reads.sweep(range, budget, consistency);
    }

    @Override
    public <R> R transact(Set<RowKey> keys, Transition<R> transition) {
        requireOpen();
        if (keys.isEmpty()) {
            return new MultiPartitionTransaction<>(engine, keys, transition).run();
        }
        List<PartitionKey> partitions =
                keys.stream().map(RowKey::partition).distinct().limit(2).toList();
        if (partitions.size() == 1) {
            return lines.transact(PlacedKey.of(partitions.getFirst()), keys, transition);
        }
        try (var _ = turns.lock(keys, engine.options().patience())
                .orElseThrow(() -> new ContentionException("requests contend for rows: rows=" + keys.size()))) {
            requireOpen();
            return new MultiPartitionTransaction<>(engine, keys, transition).run();
        }
    }

    @Override
    public boolean isDistributed() {
        return true;
    }

    @Override
    public ChangeLog changes() {
        return new Log();
    }

    @Override
    public RowHistory history() {
        return new History();
    }

    private final class History implements RowHistory {

        @Override
        public Optional<PastRow> first(RowKey key, LogPosition at) {
            requireOpen();
            return dropped.has(key.partition().tablespace()) ? Optional.empty() : history.first(key, at);
        }

        @Override
        public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
            requireOpen();
            return dropped.has(partition.tablespace())
                    ? new PastPage(List.of(), true)
                    : history.scan(partition, range, direction, at, budget);
        }

        @Override
        public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
            requireOpen();
            return dropped.has(range.tablespace()) ? new PastPage(List.of(), true) : history.sweep(range, at, budget);
        }

        @Override
        public Comparator<PartitionKey> order() {
            return history.order();
        }

        @Override
        public void forget(TablespaceId tablespace, LogPosition until) {
            requireOpen();
            history.forget(tablespace, until);
        }
    }

    private final class Log implements ChangeLog {

        @Override
        public LogPage read(PartitionKey log, LogPosition after, Budget budget) {
            requireOpen();
            LogPosition complete = engine.hints().complete();
            return dropped.has(log.tablespace())
                    ? new LogPage(List.of(), true, complete)
                    : engine.logs().read(log, after, complete, budget);
        }

        @Override
        public LogPosition complete() {
            requireOpen();
            return engine.hints().complete();
        }

        @Override
        public LogPosition latest() {
            requireOpen();
            return engine.hints().latest();
        }

        @Override
        public LogPosition highWatermark() {
            requireOpen();
            return engine.highWatermark().position();
        }

        @Override
        public void trim(PartitionKey log, LogPosition last) {
            requireOpen();
            engine.logs().trim(log, last);
        }
    }

    /**
     * The age of the oldest commit that is not known to be wholly done: one in progress, or one whose server died in
     * it.
     */
    @Override
    public Duration lag() {
        requireOpen();
        return engine.hints().oldest().map(this::age).orElse(Duration.ZERO);
    }

    private Duration age(long version) {
        Duration age =
                Duration.between(VersionTime.timeOf(version), engine.time().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    @Override
    public void drop(TablespaceId tablespace) {
        requireOpen();
        dropped.add(tablespace);
    }

    @Override
    public int recover() {
        requireOpen();
        return recovery.run();
    }

    /** The same for all commits up to now, for a caller that knows that none of them is in progress. */
    int recoverAll() {
        return recovery.run(engine.clock().next());
    }

    @Override
    public boolean purge() {
        requireOpen();
        return dropped.purgeSome();
    }

    @Override
    public void close() {
        closed = true;
        if (ownsConnection) {
            engine.cql().close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException("store is closed");
        }
    }
}
