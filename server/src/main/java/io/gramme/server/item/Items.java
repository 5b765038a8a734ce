package io.gramme.server.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.StoredItem;
import io.gramme.server.log.Cause;
import io.gramme.server.table.IndexLocation;
import io.gramme.server.table.Partition;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import io.gramme.server.table.TableStatistics;
import io.gramme.storage.Consistency;
import io.gramme.storage.ContentionException;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.parallel.BoundedParallel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads and writes the items of all tables: one item, or several together. Writes maintain index entries and
 * statistics.
 */
public final class Items {
    /** The service's size limit of an item collection. */
    public static final long MAX_COLLECTION_BYTES = 10L << 30;

    private final RowStore store;
    private final TableStatistics statistics;
    private final TransactionConflicts claims;
    private final long maxCollectionBytes;

    public Items(RowStore store, TableStatistics statistics, TransactionConflicts claims, long maxCollectionBytes) {
        this.store = store;
        this.statistics = statistics;
        this.claims = claims;
        this.maxCollectionBytes = maxCollectionBytes;
    }

    public Optional<Item> get(Table table, Item key, Consistency consistency) {
        return store.get(Rows.item(table, key), consistency).flatMap(row -> StoredItem.item(row.value()));
    }

    /** Reads some items, each as of a moment of its own; returns them in the order of {@code keys}. */
    public List<Optional<Item>> getAll(Table table, List<Item> keys, Consistency consistency) {
        List<RowKey> rows = keys.stream().map(key -> Rows.item(table, key)).toList();
        return store.getAll(rows, consistency).stream()
                .map(found -> found.flatMap(row -> StoredItem.item(row.value())))
                .toList();
    }

    /**
     * Writes one item with its index entries, all or none. Exceptions of {@code write}'s edit propagate to the caller.
     *
     * @throws io.gramme.core.error.ApiException TRANSACTION_CONFLICT if a transaction has claimed the item
     */
    public Change write(ItemWrite write) {
        claims.requireFree(write.row());
        return writeAll(List.of(write)).getFirst();
    }

    /** Writes some items, no two of them the same, all or none; returns the changes in their order. */
    public List<Change> writeAll(List<ItemWrite> writes) {
        var transition = new WriteTransition(writes, WriteTransition.OnRefusal.FAIL, Cause.CLIENT, maxCollectionBytes);
        List<Change> changes = store.transact(transition.reads(), transition);
        count(changes);
        return changes;
    }

    /**
     * Writes some items, no two of them the same, each independently; returns the changes in their order, with nothing
     * for writes that contention prevented.
     *
     * @throws ContentionException if contention prevented all of them
     */
    public List<Optional<Change>> writeEach(List<ItemWrite> writes) {
        List<Optional<Change>> done = new ArrayList<>(Collections.nCopies(writes.size(), Optional.empty()));
        List<Integer> places = IntStream.range(0, writes.size()).boxed().toList();
        List<Optional<ContentionException>> kept = BoundedParallel.eachPartition(
                store, places, place -> writes.get(place).row().partition(), part -> writePart(writes, part, done));
        if (kept.stream().allMatch(Optional::isPresent)) {
            throw kept.getFirst().orElseThrow();
        }
        return done;
    }

    /** @param done where the changes go; no two parts have a place in common */
    private Optional<ContentionException> writePart(
            List<ItemWrite> writes, List<Integer> part, List<Optional<Change>> done) {
        try {
            List<Change> changes = writeAll(part.stream().map(writes::get).toList());
            for (int i = 0; i < changes.size(); i++) {
                done.set(part.get(i), Optional.of(changes.get(i)));
            }
            return Optional.empty();
        } catch (ContentionException e) {
            return Optional.of(e);
        }
    }

    /**
     * The writes of a transaction on some items, no two of them the same, as a transition that the caller can combine
     * with others. If any write is refused, the transition throws a cancellation with a reason for each.
     */
    public WriteTransition transition(List<ItemWrite> writes) {
        return new WriteTransition(writes, WriteTransition.OnRefusal.CANCEL, Cause.TRANSACTION, maxCollectionBytes);
    }

    /** The same for the server's own deletions of expired items. None of these is refused. */
    public WriteTransition expiry(List<ItemWrite> writes) {
        return new WriteTransition(writes, WriteTransition.OnRefusal.FAIL, Cause.TIME_TO_LIVE, maxCollectionBytes);
    }

    /** Whether a transaction has claimed the item, so that single writes to it are refused. */
    public boolean isClaimed(ItemWrite write) {
        return claims.has(write.row());
    }

    /** Adds the changes of an applied transition to the statistics. */
    public void count(List<Change> changes) {
        changes.forEach(this::count);
    }

    private void count(Change change) {
        Table table = change.table();
        Partition partition = table.partitions().at(change.row().partition().hash());
        statistics.record(
                table.tablespace(),
                partition,
                items(change.before(), change.after()),
                bytes(change.before(), change.after()));
        for (Change.EntryChange entry : change.entries()) {
            switch (entry.index().location()) {
                case IndexLocation.Local(var ordinal) ->
                    statistics.recordLocal(
                            table.tablespace(),
                            ordinal,
                            items(entry.before(), entry.after()),
                            bytes(entry.before(), entry.after()));
                case IndexLocation.Global _ -> {
                    entry.before().ifPresent(gone -> count(table, entry.index(), gone, -1));
                    entry.after().ifPresent(made -> count(table, entry.index(), made, 1));
                }
            }
        }
    }

    /** Counts an entry of a global index that was added (1) or removed (-1). */
    private void count(Table table, SecondaryIndex index, Item entry, int sign) {
        long hash = Rows.entryKey(table, index, entry).partition().hash();
        statistics.record(index.tablespace(), index.partitions().at(hash), sign, sign * ItemSize.of(entry));
    }

    private static long items(Optional<Item> before, Optional<Item> after) {
        return (after.isPresent() ? 1L : 0L) - (before.isPresent() ? 1L : 0L);
    }

    private static long bytes(Optional<Item> before, Optional<Item> after) {
        return Change.size(after) - Change.size(before);
    }
}
