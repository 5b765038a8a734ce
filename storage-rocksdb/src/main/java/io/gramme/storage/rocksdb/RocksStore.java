package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Checkpoint;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.DiskSpace;
import io.gramme.storage.Durability;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.LogRows;
import io.gramme.storage.engine.OpenCommits;
import io.gramme.storage.engine.VersionClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.rocksdb.RocksDBException;

/**
 * The engine that keeps rows in a RocksDB database in this process.
 *
 * <p>{@link Transactions} describes how transactions run. Reads outside of them take no lock: they see the database as
 * it is, that is, data that was synced ({@link Durability#SYNCED}) or at least handed to the operating system
 * ({@link Durability#RELAXED}). Each page is as of one moment.
 */
public final class RocksStore implements RowStore {
    private static final System.Logger LOG = System.getLogger(RocksStore.class.getName());

    /** The families whose keys begin with a tablespace. */
    private static final List<Family> OF_TABLESPACES = List.of(Family.ROWS, Family.LOG, Family.HISTORY);

    private final DataDirectory directory;
    private final ReopenableDatabase database;
    private final GroupCommitter committer;
    private final DiskReserve reserve;
    private final SpaceWatch watch;
    private final Transactions transactions;
    private final VersionClock clock;
    private final OpenCommits commits;
    private final StoredHistory history;
    private final Gate gate = new Gate();
    private final Durability durability;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean checkpointing = new AtomicBoolean();

    private RocksStore(
            DataDirectory directory,
            ReopenableDatabase database,
            GroupCommitter committer,
            DiskReserve reserve,
            VersionClock clock,
            RocksStoreOptions options) {
        long historyBucketMicros = options.historyBucketMicros();
        this.durability = options.durability();
        this.directory = directory;
        this.database = database;
        this.committer = committer;
        this.reserve = reserve;
        this.clock = clock;
        this.commits = new OpenCommits(clock);
        this.transactions = new Transactions(database, committer, reserve, commits, historyBucketMicros);
        this.watch = new SpaceWatch(gate, database, committer, reserve);
        this.history = new StoredHistory(gate, database::current, historyBucketMicros, this::forget);
    }

    /**
     * Opens the store in a directory, or creates one in an empty directory.
     *
     * @throws io.gramme.storage.StorageException if another process has it open, if it is not a store's, or of another
     *     version, or damaged: the message says which
     */
    public static RocksStore open(RocksStoreOptions options, InstantSource time) {
        return open(options, time, UnaryOperator.identity());
    }

    /** The same with a wrapper between committer and database, for tests that delay commits or make them fail. */
    static RocksStore open(RocksStoreOptions options, InstantSource time, UnaryOperator<GroupCommitter.Log> log) {
        DataDirectory directory = DataDirectory.open(options.directory());
        try {
            return open(directory, options, time, log);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static RocksStore open(
            DataDirectory directory,
            RocksStoreOptions options,
            InstantSource time,
            UnaryOperator<GroupCommitter.Log> log) {
        DiskReserve reserve = reserve(options);
        var database = new ReopenableDatabase(
                directory, options.withWriteBuffers(reserve.writeBufferBytes(options.writeBufferBytes())), reserve);
        try {
            GroupCommitter.Log writer = log.apply(database);
            if (!directory.isComplete()) {
                directory.complete();
            } else if (directory.isOutdated()) {
                if (directory.lacksFamilies()) {
                    LogUpgrade.run(database.current(), writer);
                }
                directory.upgrade();
            }
            var clock = new VersionClock(time);
            clock.observe(database.current().highestVersion());
            var committer = new GroupCommitter("gramme-committer", writer, options.intervalOfSyncs(), failure -> {
                if (GroupCommitter.isOutOfSpace(failure)) {
                    reserve.exhaust();
                }
            });
            committer.start();
            var store = new RocksStore(directory, database, committer, reserve, clock, options);
            store.watch.start();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static DiskReserve reserve(RocksStoreOptions options) {
        try {
            return DiskReserve.of(options.directory(), options.reserveBytes(), options.writeBufferBytes());
        } catch (IOException e) {
            throw new StorageException("free disk space cannot be read: directory=" + options.directory(), e);
        }
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        try (var _ = gate.enter()) {
            return database.current().row(key);
        }
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        try (var _ = gate.enter()) {
            return database.current().rowsInOrder(keys);
        }
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return scan(Family.ROWS, partition, range, direction, budget);
    }

    private Page scan(Family family, PartitionKey partition, Range range, Direction direction, Budget budget) {
        return inside(() -> RowReads.scan(database.current(), family, partition, range, direction, budget));
    }

    private Page inside(Supplier<Page> read) {
        try (var _ = gate.enter()) {
            return database.reads().run(read);
        }
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return inside(() -> RowReads.sweep(database.current(), range, budget));
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        try (var _ = gate.enter()) {
            return transactions.run(reads, transition);
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
            return LogRows.page(scan(Family.LOG, log, range, Direction.FORWARD, budget), complete);
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
            Range range = LogRows.upTo(last);
            Bytes from = RowCodec.position(log, range.from());
            Bytes to = RowCodec.position(log, range.to().orElseThrow());
            try (var _ = gate.enter()) {
                deleteRange(List.of(Family.LOG), from, to);
            }
        }
    }

    @Override
    public RowHistory history() {
        return history;
    }

    private void forget(Bytes from, Bytes to) {
        deleteRange(List.of(Family.HISTORY), from, to);
        reclaim(Family.HISTORY, from, to);
    }

    private void deleteRange(List<Family> families, Bytes from, Bytes to) {
        List<Change> changes = families.stream()
                .<Change>map(family -> new Change.DeleteRange(family, from, to))
                .toList();
        var commit = new Commit(changes, clock.next());
        reserve.admit(commit);
        committer.commit(commit);
    }

    private void reclaim(Family family, Bytes from, Bytes to) {
        database.current().reclaim(family, from, to);
        watch.reclaim(family, from, to);
    }

    @Override
    public boolean isUnused() {
        try (var _ = gate.enter()) {
            return database.current().highestVersion() == 0;
        }
    }

    @Override
    public Optional<DiskSpace> disk() {
        return Optional.of(reserve.space());
    }

    @Override
    public Optional<String> writesRefused() {
        if (reserve.isFull()) {
            return Optional.of(reserve.text());
        }
        return committer.failure().map(failure -> GroupCommitter.FAILED + ": cause=" + failure.getMessage());
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        try (var _ = gate.enter()) {
            if (reserve.isFull()) {
                throw new OutOfSpaceException("no checkpoint can be made, because the disk is full");
            }
            if (committer.failure().isPresent()) {
                throw new StorageException(GroupCommitter.FAILED);
            }
            if (!checkpointing.compareAndSet(false, true)) {
                throw new StorageException("another checkpoint is in use");
            }
            try {
                return Optional.of(makeCheckpoint());
            } catch (IOException | RocksDBException | ExecutionException e) {
                removeCheckpoint();
                Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                throw GroupCommitter.isOutOfSpace(cause)
                        ? new OutOfSpaceException("no checkpoint can be made, because the disk is full", e)
                        : new StorageException("checkpoint cannot be made: cause=" + cause, e);
            } catch (RuntimeException | Error e) {
                removeCheckpoint();
                throw e;
            }
        }
    }

    private Checkpoint makeCheckpoint() throws IOException, RocksDBException, ExecutionException {
        Path target = directory.createCheckpoint();
        // Most of the work, so that little is left while writes wait.
        database.current().files().flush();
        record Point(long sequence, long version) {}
        Point point = committer.between(() -> new Point(
                database.current().files().checkpoint(DataDirectory.databaseOf(target)),
                database.current().highestVersion()));
        DataDirectory.completeCheckpoint(target, point.sequence, durability);
        return new RocksCheckpoint(target, point.version, this::removeCheckpoint);
    }

    private void removeCheckpoint() {
        try {
            directory.removeCheckpoint();
        } catch (IOException e) {
            // Not a failure of the backup, which is complete by then; the next checkpoint begins by removing it, too.
            LOG.log(Level.WARNING, "Cannot remove a checkpoint, which goes when the store is opened again: cause=" + e);
        } finally {
            checkpointing.set(false);
        }
    }

    @Override
    public Duration lag() {
        return Duration.ZERO;
    }

    @Override
    public void drop(TablespaceId tablespace) {
        Bytes from = RowCodec.prefix(tablespace);
        Bytes to = from.afterPrefix();
        try (var _ = gate.enter()) {
            deleteRange(OF_TABLESPACES, from, to);
            OF_TABLESPACES.forEach(family -> reclaim(family, from, to));
        }
    }

    /** Waits for the reads and writes in progress; later ones are refused. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        watch.close();
        gate.shut();
        try (directory;
                database) {
            committer.close();
        }
    }
}
