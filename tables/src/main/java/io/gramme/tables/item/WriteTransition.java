package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.Errors;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.StoredItem;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.storage.Append;
import io.gramme.storage.Outcome;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.Change.EntryChange;
import io.gramme.tables.log.Cause;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.table.IndexMaintenance;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Turns writes of items into writes of rows: the items, their index entries, and the sizes of their item collections.
 */
public final class WriteTransition implements Transition.Versioned<List<Change>> {
    private final List<ItemWrite> writes;
    private final OnRefusal onRefusal;
    private final Cause cause;
    private final Charge charge;
    private final long maxCollectionBytes;

    /** Why the first write was left out in the last run, if one was. */
    private Optional<ApiException> leftOut = Optional.empty();

    /** The write whose condition was false in the last run, if one was, with the size of the item that was there. */
    private Optional<Failed> failed = Optional.empty();

    /** The writes that were refused in the last run for lack of throughput, of tables whose keys are counted. */
    private final List<Throttled> throttled = new ArrayList<>(0);

    /** A write that was refused for lack of throughput. */
    record Throttled(Change change, ApiException refusal) {}

    /** @param bytes of the item that was there */
    record Failed(ItemWrite write, long bytes) {}

    /** How the transition reports a refused write. */
    enum OnRefusal {
        /** By the error of the first refused write. */
        FAIL,
        /** By a cancellation with a reason for each of the writes. */
        CANCEL,
        /** By leaving out those for which there are no units left; otherwise as {@link #FAIL}. */
        LEAVE_OUT
    }

    /** @param charge what the writes are admitted to */
    WriteTransition(List<ItemWrite> writes, OnRefusal onRefusal, Cause cause, Charge charge, long maxCollectionBytes) {
        this.writes = writes;
        this.onRefusal = onRefusal;
        this.cause = cause;
        this.charge = charge;
        this.maxCollectionBytes = maxCollectionBytes;
    }

    Charge charge() {
        return charge;
    }

    /** Why the first write was left out in the last run, if one was. */
    Optional<ApiException> leftOut() {
        return leftOut;
    }

    /** The write whose condition was false in the last run, if that ended it. */
    Optional<Failed> failed() {
        return failed;
    }

    /** The writes that were refused in the last run for lack of throughput, of tables whose keys are counted. */
    List<Throttled> throttled() {
        return throttled;
    }

    /** The rows that the transition reads, in a set of the caller's own. */
    public Set<RowKey> reads() {
        var reads = new LinkedHashSet<RowKey>();
        for (ItemWrite write : writes) {
            reads.add(write.row());
            if (write.table().hasLocalIndexes()) {
                reads.add(Rows.collection(write.table(), write.key()));
            }
        }
        return reads;
    }

    @Override
    public Outcome<List<Change>> apply(Map<RowKey, Optional<Row>> current, long version) {
        charge.begin();
        leftOut = Optional.empty();
        failed = Optional.empty();
        throttled.clear();
        // Several writes of one batch may change one collection: each starts from the size that the previous one left.
        var collections = new LinkedHashMap<RowKey, Long>();
        var before = new Before(current, version);
        List<Change> changes = switch (onRefusal) {
            case FAIL -> changes(before, collections);
            case CANCEL -> changesOrReasons(before, collections);
            case LEAVE_OUT -> changesAdmitted(before, collections);
        };
        var rows = new ArrayList<Write>();
        var records = new ArrayList<Append>();
        var images = new ArrayList<Retained>();
        for (Change change : changes) {
            addRows(rows, change);
            clearEntries(rows, change);
            change.table().timeToLive().ifPresent(timeToLive -> addExpiry(rows, change, timeToLive));
            record(change).ifPresent(records::add);
            images.addAll(HistoryImages.of(change, current));
        }
        collections.forEach((key, bytes) -> rows.add(new Write.Put(key, Bytes.ofLong(bytes))));
        return new Outcome<>(rows, records, images, changes);
    }

    /** The record of a change in the table's log, if the table has a log and the write changed the item. */
    private Optional<Append> record(Change change) {
        if (change.changedNothing()) {
            return Optional.empty();
        }
        return change.table().log().filter(log -> !log.closing()).map(log -> {
            ChangeRecord record = ChangeRecord.of(
                            cause, change.table().key().names(), change.before(), change.after(), log.images())
                    .from(change.stamp().flatMap(Stamp::stored));
            return new Append(
                    log.place(change.table()
                            .partitions()
                            .at(change.row().partition().hash())),
                    record.encode());
        });
    }

    private List<Change> changes(Before current, Map<RowKey, Long> collections) {
        var changes = new ArrayList<Change>(writes.size());
        for (ItemWrite write : writes) {
            changes.add(change(write, current, collections));
        }
        return changes;
    }

    private List<Change> changesAdmitted(Before current, Map<RowKey, Long> collections) {
        var changes = new ArrayList<Change>(writes.size());
        for (ItemWrite write : writes) {
            try {
                changes.add(change(write, current, collections));
            } catch (ApiException refusal) {
                if (!CapacityErrors.isThrottling(refusal)) {
                    throw refusal;
                }
                leftOut = leftOut.or(() -> Optional.of(refusal));
            }
        }
        return changes;
    }

    private List<Change> changesOrReasons(Before current, Map<RowKey, Long> collections) {
        return CancellationCollector.collect(writes, write -> change(write, current, collections));
    }

    private Change change(ItemWrite write, Before current, Map<RowKey, Long> collections) {
        Table table = write.table();
        Optional<Row> row = current.row(write.row());
        Optional<StoredItem> stored = row.map(found -> StoredItem.decode(found.value()));
        Optional<Item> before = stored.flatMap(StoredItem::item);
        Optional<Stamp> stamp =
                table.isReplicated() ? Optional.of(current.stamp(write, row, stored)) : Optional.empty();
        boolean superseded = stamp.isPresent() && stamp.get().superseded();
        Optional<Item> after = superseded ? before : edited(write, before);
        var entries = new ArrayList<EntryChange>();
        for (SecondaryIndex index : table.indexes()) {
            if (index.maintenance() == IndexMaintenance.MAINTAIN) {
                EntryChange.of(table, index, before, after).ifPresent(entries::add);
            }
        }
        var change = new Change(table, write.row(), before, after, entries, OptionalLong.empty(), stamp);
        if (!table.hasLocalIndexes()) {
            admit(change);
            return change;
        }
        RowKey collection = Rows.collection(table, write.key());
        Long left = collections.get(collection);
        long bytes = left == null
                ? current.row(collection).map(one -> one.value().longAt(0)).orElse(0L)
                : left;
        long growth = change.collectionGrowth();
        if (growth > 0 && bytes + growth > maxCollectionBytes) {
            throw Errors.collectionTooLarge();
        }
        admit(change);
        if (growth != 0) {
            collections.put(collection, bytes + growth);
        }
        return new Change(table, write.row(), before, after, entries, OptionalLong.of(bytes + growth), stamp);
    }

    private Optional<Item> edited(ItemWrite write, Optional<Item> before) {
        try {
            return write.edit().apply(before);
        } catch (ApiException refusal) {
            if (refusal.code() == ErrorCode.CONDITION_FAILED) {
                failed = Optional.of(new Failed(write, Change.size(before)));
            }
            throw refusal;
        }
    }

    private void admit(Change change) {
        try {
            charge.admitWrite(change, factor());
        } catch (ApiException refusal) {
            if (change.table().countsKeys() && CapacityErrors.isThrottling(refusal)) {
                throttled.add(new Throttled(change, refusal));
            }
            throw refusal;
        }
    }

    Factor factor() {
        return cause == Cause.TRANSACTION ? Factor.TRANSACTIONAL : Factor.PLAIN;
    }

    /** Deletes entries that a writer may have put which already knows the index's next step, MAINTAIN. */
    private static void clearEntries(List<Write> rows, Change change) {
        for (SecondaryIndex index : change.table().indexes()) {
            if (index.maintenance() == IndexMaintenance.DELETE_ONLY) {
                change.before()
                        .flatMap(index.index()::entry)
                        .ifPresent(entry -> rows.add(new Write.Delete(Rows.entryKey(change.table(), index, entry))));
            }
        }
    }

    /** Moves the item's entry in the expiry index to its place. */
    private static void addExpiry(List<Write> rows, Change change, TimeToLive timeToLive) {
        Table table = change.table();
        Optional<Write.Put> before = change.before().flatMap(item -> ExpiryRows.entry(table, timeToLive, item));
        Optional<Write.Put> after = switch (timeToLive.maintenance()) {
            case DISABLED -> before;
            case DELETE_ONLY -> Optional.empty();
            case MAINTAIN -> change.after().flatMap(item -> ExpiryRows.entry(table, timeToLive, item));
        };
        if (!after.equals(before)) {
            before.ifPresent(entry -> rows.add(new Write.Delete(entry.key())));
            after.ifPresent(rows::add);
        }
    }

    private static void addRows(List<Write> rows, Change change) {
        if (change.storesNothing()) {
            // The item is unchanged, and its earlier writer made it durable: there is nothing to write.
            return;
        }
        if (change.stamp().isPresent()) {
            rows.add(new Write.Put(
                    change.row(), change.stamp().get().row(change.after()).encode()));
        } else if (change.after().isPresent()) {
            rows.add(new Write.Put(
                    change.row(), StoredItem.of(change.after().get()).encode()));
        } else if (change.before().isPresent()) {
            rows.add(new Write.Delete(change.row()));
        }
        for (EntryChange entry : change.entries()) {
            if (entry.after().isEmpty() || entry.moved()) {
                rows.add(new Write.Delete(entry.rowBefore().orElseThrow()));
            }
            entry.after()
                    .ifPresent(item -> rows.add(new Write.Put(entry.rowAfter().orElseThrow(), ItemCodec.encode(item))));
        }
    }

    /** The rows that are there, and the version that the writes have if they are committed. */
    private record Before(Map<RowKey, Optional<Row>> rows, long version) {
        Optional<Row> row(RowKey key) {
            return Transition.row(rows, key);
        }

        Stamp stamp(ItemWrite write, Optional<Row> row, Optional<StoredItem> stored) {
            Optional<Origin> before = row.map(found -> Stamp.of(write.table(), found, stored.orElseThrow()));
            return write.origin()
                    .map(origin -> Stamp.foreign(origin, before))
                    .orElseGet(() -> Stamp.local(write.table(), before, version));
        }
    }
}
