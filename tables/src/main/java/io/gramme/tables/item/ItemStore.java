package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Consistency;
import io.gramme.storage.ContentionException;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PastRows;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.parallel.BoundedParallel;
import io.gramme.tables.access.Access;
import io.gramme.tables.access.Access.Touch;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.WriteTransition.OnRefusal;
import io.gramme.tables.log.Cause;
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The one door to the items of all tables: requests, statements, transactions and sweeps read and write them here and
 * nowhere else. Each call says for whom it is; {@link Access} decides on that before anything is read. {@link Admission}
 * decides on capacity units, and counts them. Writes maintain index entries and statistics.
 *
 * <p>Safe for use by many threads.
 */
public final class ItemStore {
    /** The service's size limit of an item collection. */
    public static final long MAX_COLLECTION_BYTES = 10L << 30;

    private final RowStore store;
    private final ItemReads present;
    private final ItemCounts counts;
    private final TransactionConflicts conflicts;
    private final Access access;

    private final Admission admission;
    private final KeyUse keyUse;
    private final long maxCollectionBytes;

    public ItemStore(
            RowStore store,
            ItemCounts counts,
            TransactionConflicts conflicts,
            Access access,
            Admission admission,
            long maxCollectionBytes) {
        this.store = store;
        this.counts = counts;
        this.conflicts = conflicts;
        this.access = access;
        this.present = new ItemReads(store, access, admission);
        this.admission = admission;
        this.keyUse = admission.keys();
        this.maxCollectionBytes = maxCollectionBytes;
    }

    /**
     * What became of the items of a table between two positions. For work of the server: it asks for no access.
     *
     * @param from not before the table has kept history
     * @param to not after {@link io.gramme.storage.ChangeLog#complete}
     */
    public PastChanges changes(Table table, LogPosition from, LogPosition to) {
        return new PastChanges(store, table, from, to);
    }

    /** The same for a request, which may read the whole table if it may scan it. */
    public PastChanges changes(Intent intent, Table table, LogPosition from, LogPosition to) {
        if (access.decides()) {
            present.requireAccess(intent, new ReadTarget(table, Optional.empty()), List.of());
        }
        return changes(table, from, to);
    }

    /** Reads of the items as they are now. */
    public ItemReads reads() {
        return present;
    }

    /**
     * Reads of the items of a table as they were at a position.
     *
     * @param at not after {@link io.gramme.storage.ChangeLog#complete}, nor before the table has kept history
     */
    public ItemReads readsAt(LogPosition at) {
        return new ItemReads(new PastRows(store, at), access, admission);
    }

    /** An item to read in a transaction. */
    public record ItemKey(Intent intent, Table table, Item key, RowKey row) {
        public ItemKey(Intent intent, Table table, Item key) {
            this(intent, table, key, Rows.item(table, key));
        }
    }

    /**
     * Reads these items as they are at one moment.
     *
     * <p>It reads twice, as the service does: an item that changed between the two reads was being written during the
     * read, and that is a conflict. The second read is a snapshot of one moment, so the answer is right regardless of
     * the first.
     *
     * @param keys no two the same
     * @return the items, or the positions of those that are being written
     * @throws io.gramme.core.error.ApiException TRANSACTION_CANCELED if a transaction has claimed one of them
     * @throws ContentionException if the store could not read them together
     */
    public Snapshot getTogether(List<ItemKey> keys) {
        if (access.decides()) {
            keys.forEach(key -> present.requireAccess(
                    key.intent(), new ReadTarget(key.table(), Optional.empty()), List.of(key.key())));
        }
        List<RowKey> rows = keys.stream().map(ItemKey::row).toList();
        Charge charge = admission.charge();
        CancellationCollector.collect(keys, key -> {
            present.admit(
                    charge,
                    new ReadTarget(key.table(), Optional.empty()),
                    key.key(),
                    key.row().partition().hash());
            return key;
        });
        Read read = snapshot(rows);
        return new Snapshot(read.items, read.changing, () -> pay(charge, keys, read.items));
    }

    private void pay(Charge charge, List<ItemKey> keys, List<Optional<Item>> items) {
        for (int i = 0; i < items.size(); i++) {
            ItemKey key = keys.get(i);
            var target = new ReadTarget(key.table(), Optional.empty());
            long bytes = Change.size(items.get(i));
            charge.payRead(target, key.row().partition().hash(), bytes, Consistency.STRONG, Factor.TRANSACTIONAL);
            if (target.table().countsKeys()) {
                keyUse.read(target, key.key(), bytes, Consistency.STRONG, Factor.TRANSACTIONAL);
            }
        }
    }

    /**
     * The items of one moment.
     *
     * @param items in the order of their keys
     * @param changing for each of them, whether it was being written
     * @param payment to be run once, if they are the answer
     */
    public record Snapshot(List<Optional<Item>> items, List<Boolean> changing, Runnable payment) {}

    private record Read(List<Optional<Item>> items, List<Boolean> changing) {}

    private Read snapshot(List<RowKey> rows) {
        if (store.isDistributed()) {
            // A transaction takes so long there that nearly always some transaction has one of these items, and no
            // reader would ever see them all. The store shows the items without the changes of those transactions.
            return snapshot(rows, together(rows), Optional.empty());
        }
        conflicts.requireNoneClaimed(rows);
        List<Optional<Row>> first = store.getAll(rows, Consistency.STRONG);
        return snapshot(rows, together(rows), Optional.of(first));
    }

    private Map<RowKey, Optional<Row>> together(List<RowKey> rows) {
        return store.transact(new LinkedHashSet<>(rows), Outcome::unchanged);
    }

    private static Read snapshot(
            List<RowKey> rows, Map<RowKey, Optional<Row>> found, Optional<List<Optional<Row>>> earlier) {
        var items = new ArrayList<Optional<Item>>(rows.size());
        var changing = new ArrayList<Boolean>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            int at = i;
            Optional<Row> row = Transition.row(found, rows.get(i));
            items.add(row.flatMap(one -> StoredItem.item(one.value())));
            changing.add(earlier.map(first -> !first.get(at).map(Row::version).equals(row.map(Row::version)))
                    .orElse(false));
        }
        return new Read(List.copyOf(items), List.copyOf(changing));
    }

    /**
     * The table, or one of its indexes, as it was at a position. For work of the server: it asks for no access.
     *
     * @param at not after {@link io.gramme.storage.ChangeLog#complete}, nor before the table has kept history
     */
    public PastItems past(ReadTarget target, LogPosition at) {
        return new PastItems(store, target, at);
    }

    /**
     * Writes one item with its index entries, all or none. Exceptions of {@code write}'s edit propagate to the caller.
     *
     * @throws io.gramme.core.error.ApiException TRANSACTION_CONFLICT if a transaction has claimed the item
     */
    public Change write(Caller caller, ItemWrite write) {
        requireAccess(caller, List.of(write));
        conflicts.requireFree(write.row());
        return commit(
                        transition(List.of(write), OnRefusal.FAIL, Cause.CLIENT, admission.charge()),
                        Companion.NONE,
                        keyUse)
                .getFirst();
    }

    /**
     * Writes some items, no two of them the same, each independently; returns the changes in their order, with nothing
     * for writes that contention prevented, or for which there were no units left.
     *
     * @throws ContentionException if contention prevented all of them
     * @throws io.gramme.core.error.ApiException if there were no units left for any of them
     */
    public List<Optional<Change>> writeEach(Caller caller, List<ItemWrite> writes) {
        requireAccess(caller, writes);
        List<Optional<Change>> done = new ArrayList<>(Collections.nCopies(writes.size(), Optional.empty()));
        // The parts may be written by other threads.
        Admission current = admission.current();
        List<Integer> numbers = IntStream.range(0, writes.size()).boxed().toList();
        List<Optional<RuntimeException>> failures = BoundedParallel.eachPartition(
                store,
                numbers,
                number -> writes.get(number).row().partition(),
                part -> writePart(writes, part, current.charge(), done));
        if (done.stream().allMatch(Optional::isEmpty)) {
            failures.stream()
                    .flatMap(Optional::stream)
                    .filter(ItemStore::failsBatch)
                    .findFirst()
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
        return done;
    }

    /** A batch of which a fault rule leaves every item unprocessed is answered all the same. */
    private static boolean failsBatch(RuntimeException failure) {
        return !(failure instanceof ApiException refusal && refusal.leavesUnprocessed());
    }

    /**
     * @param done where the changes go; no two parts have a number in common
     * @return why the first of those that were not written was not, if any was not
     */
    private Optional<RuntimeException> writePart(
            List<ItemWrite> writes, List<Integer> part, Charge charge, List<Optional<Change>> done) {
        WriteTransition transition =
                transition(part.stream().map(writes::get).toList(), OnRefusal.LEAVE_OUT, Cause.CLIENT, charge);
        try {
            // In the order of the writes, without those that were left out.
            Iterator<Change> changes =
                    commit(transition, Companion.NONE, keyUse).iterator();
            Optional<Change> next = next(changes);
            for (int number : part) {
                if (next.isPresent()
                        && next.get().row().equals(writes.get(number).row())) {
                    done.set(number, next);
                    next = next(changes);
                }
            }
            return transition.leftOut().map(refusal -> refusal);
        } catch (ContentionException e) {
            return Optional.of(e);
        }
    }

    private static Optional<Change> next(Iterator<Change> changes) {
        return changes.hasNext() ? Optional.of(changes.next()) : Optional.empty();
    }

    /**
     * Writes some items of a transaction, no two of them the same, all or none. Other transactions and single writes
     * that meet them meanwhile get a conflict.
     *
     * @throws io.gramme.core.error.ApiException TRANSACTION_CANCELED with a reason for each write, if any is refused or
     *     another transaction has claimed one of the items
     */
    public <R> R transact(Caller caller, List<ItemWrite> writes, Companion<R> companion) {
        requireAccess(caller, writes);
        try (var _ = conflicts.take(writes.stream().map(ItemWrite::row).toList())) {
            return commit(
                    transition(writes, OnRefusal.CANCEL, Cause.TRANSACTION, admission.charge()), companion, keyUse);
        }
    }

    /** The server's own deletions of expired items. None of these is refused. */
    public <R> R expire(List<ItemWrite> writes, Companion<R> companion) {
        return commit(free(writes, Cause.TIME_TO_LIVE), companion, KeyUse.UNCOUNTED);
    }

    /**
     * Applies writes of another region, no two of them of one item: those that are later than what is stored. None of
     * them is refused.
     */
    public <R> R replicate(List<ItemWrite> writes, Companion<R> companion) {
        var transition = new WriteTransition(writes, OnRefusal.FAIL, Cause.REPLICATION, Charge.FREE, Long.MAX_VALUE);
        return commit(transition, companion, KeyUse.UNCOUNTED);
    }

    /**
     * Puts items into a table that clients cannot use yet. An item replaces another with its key; of several with one
     * key in {@code items} the last one stays. The same items may be loaded again.
     */
    public void load(Table table, List<Item> items) {
        var writes = new LinkedHashMap<RowKey, ItemWrite>();
        for (Item item : items) {
            var write = new ItemWrite(table, item, Action.PUT_ITEM, Set::of, _ -> Optional.of(item));
            writes.put(write.row(), write);
        }
        BoundedParallel.eachPartition(
                store, List.copyOf(writes.values()), write -> write.row().partition(), part -> {
                    commit(free(part, Cause.CLIENT), Companion.NONE, KeyUse.UNCOUNTED);
                    return true;
                });
    }

    /** Whether a transaction has claimed the item, so that single writes to it are refused. */
    public boolean isClaimed(ItemWrite write) {
        return conflicts.has(write.row());
    }

    private WriteTransition transition(List<ItemWrite> writes, OnRefusal onRefusal, Cause cause, Charge charge) {
        return new WriteTransition(writes, onRefusal, cause, charge, maxCollectionBytes);
    }

    /** A transition of the server's own: expirations and imports consume no units (developer guide). */
    private WriteTransition free(List<ItemWrite> writes, Cause cause) {
        return transition(writes, OnRefusal.FAIL, cause, Charge.FREE);
    }

    /** @param use where it is counted which keys the writes used */
    private <R> R commit(WriteTransition writes, Companion<R> companion, KeyUse use) {
        Set<RowKey> reads = writes.reads();
        if (!companion.reads().isEmpty()) {
            reads.addAll(companion.reads());
        }
        Done<R> done;
        try {
            done = transact(writes, companion, reads);
        } finally {
            writes.throttled().forEach(one -> use.writeRefused(one.change(), one.refusal()));
            writes.charge().end();
        }
        done.changes.forEach(counts::add);
        if (!done.changes.isEmpty()) {
            writes.charge().payWrites();
        }
        for (Change change : done.changes) {
            if (change.table().countsKeys()) {
                use.written(change, writes.factor());
            }
        }
        return done.result;
    }

    private <R> Done<R> transact(WriteTransition writes, Companion<R> companion, Set<RowKey> reads) {
        try {
            Transition.Versioned<Done<R>> all = (current, version) -> {
                Optional<R> instead = companion.instead(current);
                if (instead.isPresent()) {
                    return Outcome.unchanged(new Done<>(instead.get(), List.of()));
                }
                Outcome<List<Change>> outcome = writes.apply(current, version);
                List<Change> changes = outcome.answer();
                Companion.Addition<R> addition = companion.with(current, changes);
                List<Write> rows = new ArrayList<>(outcome.writes());
                rows.addAll(addition.writes());
                return new Outcome<>(
                        rows, outcome.appends(), outcome.retained(), new Done<>(addition.result(), changes));
            };
            return store.transact(reads, all);
        } catch (ApiException refusal) {
            if (refusal.code() == ErrorCode.CONDITION_FAILED) {
                // Such a write costs as much as one that leaves the item as it is.
                writes.failed()
                        .ifPresent(failed -> writes.charge()
                                .payFailed(
                                        failed.write().table(), failed.write().row(), failed.bytes()));
            }
            throw refusal;
        }
    }

    /** @param changes none if nothing was written */
    private record Done<R>(R result, List<Change> changes) {}

    /** Refuses writes that the caller may not make. Each write asks for this itself. */
    public void requireAccess(Caller caller, List<ItemWrite> writes) {
        if (!access.decides()) {
            return;
        }
        // Named by its row's tablespace: a table is a large value.
        record Kind(TablespaceId table, Action action, Terms terms) {}
        Map<Kind, List<ItemWrite>> kinds = new LinkedHashMap<>();
        for (ItemWrite write : writes) {
            var kind = new Kind(
                    write.row().partition().tablespace(),
                    write.action(),
                    write.terms().get());
            kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(write);
        }
        kinds.forEach((kind, same) -> access.require(new Touch(
                caller,
                kind.action,
                same.getFirst().table(),
                Optional.empty(),
                same.stream().map(ItemWrite::primaryKey).toList(),
                () -> attributes(same),
                kind::terms)));
    }

    private static Set<String> attributes(List<ItemWrite> writes) {
        var names = new LinkedHashSet<String>();
        writes.forEach(write -> names.addAll(write.attributes().get()));
        return names;
    }
}
