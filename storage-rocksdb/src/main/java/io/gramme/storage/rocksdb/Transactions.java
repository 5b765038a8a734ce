package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Outcome;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.engine.LogRows;
import io.gramme.storage.engine.OpenCommits;
import io.gramme.storage.engine.PartitionLocks;
import io.gramme.storage.rocksdb.GroupCommitter.Ticket;
import io.gramme.storage.rocksdb.PendingRows.Pending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions: each locks its partitions while it reads, decides and queues its writes, and then waits, without a
 * lock, until they are as durable as promised.
 *
 * <p>So the next transaction on the same rows builds on writes that may yet be lost, and joins their group instead of
 * waiting for a sync of its own. Two rules make that safe. Commits are queued while their partitions are locked, and
 * are written and acknowledged in the order of the queue: a commit that depends on a lost write is lost with it, and
 * was not acknowledged before it. And a transaction that only read such a row, because it refused or had nothing to
 * write, waits as well: no answer reveals a write that is not durable.
 */
final class Transactions {
    private final ReopenableDatabase database;
    private final GroupCommitter committer;
    private final DiskReserve reserve;
    private final OpenCommits commits;
    private final long bucketMicros;
    private final PartitionLocks partitions = new PartitionLocks();
    private final PendingRows pending = new PendingRows();

    Transactions(
            ReopenableDatabase database,
            GroupCommitter committer,
            DiskReserve reserve,
            OpenCommits commits,
            long bucketMicros) {
        this.database = database;
        this.committer = committer;
        this.reserve = reserve;
        this.commits = commits;
        this.bucketMicros = bucketMicros;
    }

    <R> R run(Set<RowKey> reads, Transition<R> transition) {
        var transaction = new Transaction();
        try {
            return transaction.decide(reads, transition);
        } finally {
            // A refusal, too, must not leave before the rows it was decided on are durable.
            transaction.settle();
        }
    }

    private List<Change> changes(Outcome<?> outcome, long version) {
        List<Change> changes = new ArrayList<>(outcome.writes().size()
                + outcome.appends().size()
                + outcome.retained().size());
        for (Write write : outcome.writes()) {
            changes.add(change(Family.ROWS, write, version));
        }
        if (outcome.isTraced()) {
            for (Write record : LogRows.records(outcome, version)) {
                changes.add(change(Family.LOG, record, version));
            }
            for (Retained image : outcome.retained()) {
                Bytes key = HistoryCodec.key(image.key(), version / bucketMicros, version);
                changes.add(new Change.Retain(key, image.before()));
            }
        }
        return changes;
    }

    private static Change change(Family family, Write write, long version) {
        return switch (write) {
            case Write.Put(var key, var value) -> new Change.Put(family, RowCodec.key(key), version, value);
            case Write.Delete(var key) -> new Change.Delete(family, RowCodec.key(key));
        };
    }

    private final class Transaction {
        /** The commits that wrote the rows it read. */
        private final List<Ticket> found = new ArrayList<>(0);

        private List<Write> writes = List.of();
        private long version;
        private boolean isOpen;
        private boolean isTraced;
        private @Nullable Ticket own;

        <R> R decide(Set<RowKey> reads, Transition<R> transition) {
            try (var _ = partitions.lock(reads)) {
                Map<RowKey, Optional<Row>> current = read(reads);
                open(current.values());
                Outcome<R> outcome = transition.apply(current, version);
                if (!outcome.isUnchanged()) {
                    submit(outcome);
                }
                return outcome.answer();
            } finally {
                if (own == null || !isTraced) {
                    close();
                }
            }
        }

        /** Before the transition, which is told the version: logs must not be complete beyond records that it may append. */
        private void open(Collection<Optional<Row>> current) {
            version = commits.open(current);
            isOpen = true;
        }

        private Map<RowKey, Optional<Row>> read(Set<RowKey> keys) {
            if (keys.isEmpty()) {
                return Map.of();
            }
            if (keys.size() == 1) {
                RowKey only = keys.iterator().next();
                Optional<Pending> queued = queued(only);
                return Map.of(
                        only,
                        queued.isPresent()
                                ? queued.get().row()
                                : database.current().row(only));
            }
            Map<RowKey, Optional<Row>> current = new LinkedHashMap<>();
            List<RowKey> stored = new ArrayList<>(keys.size());
            for (RowKey key : keys) {
                queued(key).ifPresentOrElse(it -> current.put(key, it.row()), () -> stored.add(key));
            }
            if (!stored.isEmpty()) {
                current.putAll(database.current().rows(stored));
            }
            return Collections.unmodifiableMap(current);
        }

        private Optional<Pending> queued(RowKey key) {
            Optional<Pending> queued = pending.get(key);
            queued.ifPresent(it -> found.add(it.commit()));
            return queued;
        }

        private void submit(Outcome<?> outcome) {
            isTraced = outcome.isTraced();
            writes = outcome.writes();
            var commit = new Commit(changes(outcome, version), version);
            // Before it is queued: no transaction has built on it yet.
            reserve.admit(commit);
            own = committer.submit(commit);
            pending.add(writes, version, own);
        }

        void settle() {
            try {
                if (own != null) {
                    // The commits it read from were queued before it.
                    own.await();
                } else {
                    found.forEach(Ticket::await);
                }
            } finally {
                if (own != null) {
                    pending.remove(writes, own);
                }
                close();
            }
        }

        private void close() {
            if (isOpen) {
                commits.close(version);
                isOpen = false;
            }
        }
    }
}
