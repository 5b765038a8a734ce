package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
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
import io.gramme.storage.engine.ForwardingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A store that seals the values of rows, log records and images before the engine gets them, and opens them after. Keys of rows are
 * not sealed: the engine sorts by them. The rows that hold wrapped keys pass as they are.
 *
 * <p>Each value is sealed for its place and version ({@link Place}). Who can change the files of the engine can put back an older
 * state of a row together with its version, and is not noticed; any other change is, as {@link SealBrokenException}.
 *
 * <p>Any call may also throw {@link KeyUnusableException} or {@link KeyServiceDownException}. Pages are cut by the sizes of sealed
 * values.
 */
class SealedStore extends ForwardingStore {
    /** How often one transaction waits for keys: it names all that it needs at once, but keys may be dropped in between. */
    private static final int ROUNDS = 100;

    private final Sealing sealing;
    private final StoredTableKeys tableKeys;

    SealedStore(RowStore store, Sealing sealing, StoredTableKeys tableKeys) {
        super(store);
        this.sealing = sealing;
        this.tableKeys = tableKeys;
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return reading(consistency, at -> super.get(key, at).map(this::opened));
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return reading(
                consistency,
                at -> super.getAll(keys, at).stream()
                        .map(row -> row.map(this::opened))
                        .toList());
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return reading(consistency, at -> opened(super.scan(partition, range, direction, budget, at)));
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return reading(consistency, at -> opened(super.sweep(range, budget, at)));
    }

    /**
     * Reads once more, and strongly, if a data key is not there: it may have been destroyed after the engine was read, or before a
     * replica of the engine heard that the row was written again with another one ({@link KeyRetirement}).
     */
    private static <T> T reading(Consistency consistency, Function<Consistency, T> read) {
        try {
            return read.apply(consistency);
        } catch (SealBrokenException e) {
            if (e.fault() != SealBrokenException.Fault.KEY_MISSING) {
                throw e;
            }
            return read.apply(Consistency.STRONG);
        }
    }

    private Page opened(Page page) {
        var rows = new ArrayList<Row>(page.rows().size());
        Sealing.Opening together = sealing.new Opening();
        for (Row row : page.rows()) {
            rows.add(opened(row, together::open));
        }
        return new Page(rows, page.exhausted());
    }

    private Row opened(Row row) {
        return opened(row, sealing::open);
    }

    private static Row opened(Row row, BiFunction<Bytes, Place, Bytes> opening) {
        return Sealing.isSealed(row.key())
                ? new Row(row.key(), opening.apply(row.value(), Place.row(row.key(), row.version())), row.version())
                : row;
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        return reading(Consistency.STRONG, _ -> transactOnce(reads, transition));
    }

    private <R> R transactOnce(Set<RowKey> reads, Transition<R> transition) {
        var sealed = new SealedTransition<>(transition, sealing);
        for (int i = 0; i < ROUNDS; i++) {
            try {
                return super.transact(reads, sealed);
            } catch (KeyMissing missing) {
                sealing.load(missing);
            }
        }
        throw new StorageException("the keys of a transaction were dropped again and again: rows=" + reads.size());
    }

    @Override
    public ChangeLog changes() {
        return new SealedLog(super.changes(), sealing);
    }

    @Override
    public RowHistory history() {
        return new SealedHistory(super.history(), sealing);
    }

    /** Destroys the data keys as well: copies of the files in other places are then of no use. */
    @Override
    public void drop(TablespaceId tablespace) {
        super.drop(tablespace);
        tableKeys.dropped(tablespace);
    }
}
