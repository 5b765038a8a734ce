package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.ContentionException;
import io.gramme.storage.RowKey;
import io.gramme.storage.cassandra.Records.Part;
import io.gramme.storage.cassandra.Records.State;
import io.gramme.storage.cassandra.Records.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves the intents of other transactions: a reader or writer that meets one reads past it, finishes it, or undoes
 * it.
 */
final class Intents {
    private final Partitions partitions;
    private final Records records;
    private final InstantSource clock;
    private final Duration patience;

    Intents(Partitions partitions, Records records, InstantSource clock, Duration patience) {
        this.partitions = partitions;
        this.records = records;
        this.clock = clock;
        this.patience = patience;
    }

    /** The states of transactions that the readers of one page have looked up. */
    final class Lookup {
        private final boolean last;
        private final Map<Bytes, Optional<Transaction>> known = new HashMap<>();

        private Lookup(boolean last) {
            this.last = last;
        }

        /**
         * The cell as readers see it; empty if it must be read again, because its transaction may have been done since.
         */
        Optional<Cell> visible(Cell cell) {
            if (cell.intent().isEmpty()) {
                return Optional.of(cell);
            }
            Bytes holder = cell.intent().get().holder();
            Optional<Transaction> transaction = known.computeIfAbsent(holder, records::read);
            if (transaction.isEmpty() && last) {
                return Optional.of(cell.released());
            }
            return transaction.map(found -> switch (found.state()) {
                case PENDING, ABORTED -> cell.released();
                case COMMITTED -> cell.committed(found.version());
            });
        }
    }

    /**
     * @param last whether rows have been read again since a transaction without a record was met: then the transaction
     *     was aborted, and the rows that it still holds count as released
     */
    Lookup lookup(boolean last) {
        return new Lookup(last);
    }

    /** Removes the intents of a transaction from a partition, unless the transaction is alive. */
    void clear(PlacedKey place, List<Bytes> sorts, Bytes holder) {
        Optional<Transaction> met = records.read(holder);
        if (met.filter(this::isAlive).isPresent()) {
            return;
        }
        if (met.filter(it -> it.state() == State.PENDING).isPresent()) {
            boolean _ = records.decide(holder, State.ABORTED, 0);
            met = records.read(holder);
        }
        Part held = met.flatMap(transaction -> transaction.parts().stream()
                        .filter(part -> part.place().equals(place))
                        .findFirst())
                .orElseGet(() -> new Part(place, sorts));
        finish(held, holder, met, false);
    }

    boolean isAlive(Transaction transaction) {
        return transaction.state() == State.PENDING && clock.millis() < transaction.deadline();
    }

    /**
     * Brings the rows that a transaction holds in one partition to the state that its record decides.
     *
     * @param decided the record; if there is none, the transaction was aborted: else it would hold nothing any more
     * @param fenced whether to make sure that it cannot take hold of any row there later
     */
    void finish(Part part, Bytes holder, Optional<Transaction> decided, boolean fenced) {
        Optional<Transaction> committed = decided.filter(it -> it.state() == State.COMMITTED);
        var backoff = new Backoff(patience);
        do {
            PartitionView view = partitions.read(part.place(), part.sorts());
            List<RowChange> changes = changes(view, part, holder, committed);
            if (changes.isEmpty() && !fenced) {
                return;
            }
            long version = committed.map(Transaction::version).orElse(0L);
            if (partitions.commit(view, Partitions.newCommit(), version, changes)) {
                return;
            }
        } while (backoff.pause());
        throw new ContentionException("partition is busy: place=" + part.place());
    }

    private static List<RowChange> changes(
            PartitionView view, Part part, Bytes holder, Optional<Transaction> committed) {
        var changes = new ArrayList<RowChange>();
        for (Bytes sort : part.sorts()) {
            Cell cell = view.cell(sort);
            if (!cell.isHeldBy(holder)) {
                continue;
            }
            Intent.Next next = committed.isEmpty()
                    ? new Intent.Next.Same()
                    : cell.intent().orElseThrow().next();
            changes.add(
                    switch (next) {
                        case Intent.Next.Same() -> new RowChange.Release(sort);
                        case Intent.Next.Gone() -> new RowChange.Delete(sort);
                        case Intent.Next.Value(var value) -> new RowChange.Put(sort, value);
                    });
            Integer seconds = part.kept().get(sort);
            if (committed.isPresent() && seconds != null) {
                var key = new RowKey(part.place().partition(), sort);
                Optional<Bytes> before =
                        Optional.ofNullable(part.images().get(sort)).or(cell::value);
                changes.add(new RowChange.Retain(new Image(key, before, seconds)));
            }
        }
        return changes;
    }
}
