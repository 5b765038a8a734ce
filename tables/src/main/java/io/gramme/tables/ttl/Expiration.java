package io.gramme.tables.ttl;

import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Item;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.VersionTime;
import io.gramme.storage.Write;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Companion;
import io.gramme.tables.item.ExpiryRows;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.Rows;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Deletes items that have expired according to index entries, by the same transition as a client's delete. It checks
 * each stored item again: an item that was renewed after the index was read stays. An entry that does not match its
 * item is deleted in any case, so that no later sweep meets it.
 */
final class Expiration implements Companion<Expiration.Expired> {
    /** The limit below which an item's lifetime after its last write looks like a client's mistake. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Table table;
    private final TimeToLive timeToLive;
    private final List<RowKey> entries;
    private final List<ItemWrite> deletes;

    private Expiration(Table table, TimeToLive timeToLive, List<RowKey> entries, List<ItemWrite> deletes) {
        this.table = table;
        this.timeToLive = timeToLive;
        this.entries = entries;
        this.deletes = deletes;
    }

    /**
     * The deletion of the items of these entries, except for items that a transaction has claimed: a later sweep meets
     * those again.
     */
    static Expiration of(ItemStore items, Table table, TimeToLive timeToLive, List<Row> entries, Due due) {
        // Each item once: of several entries of one item, a later sweep meets all but one again.
        Map<RowKey, ItemWrite> deletes = new LinkedHashMap<>();
        var deleted = new ArrayList<RowKey>();
        for (Row entry : entries) {
            Item key = ExpiryRows.key(entry);
            var delete = new ItemWrite(
                    table,
                    key,
                    Action.DELETE_ITEM,
                    Set::of,
                    stored -> stored.filter(
                            item -> !due.contains(timeToLive.expiry().of(item))));
            if (!items.isClaimed(delete) && deletes.putIfAbsent(delete.row(), delete) == null) {
                deleted.add(entry.key());
            }
        }
        return new Expiration(table, timeToLive, deleted, List.copyOf(deletes.values()));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The deletions, one for each entry. */
    List<ItemWrite> deletes() {
        return deletes;
    }

    /**
     * The result of one batch.
     *
     * @param changes one for each entry
     * @param soon how many of the deleted items expired within a minute of being written
     */
    record Expired(List<Change> changes, int soon) {
        static final Expired NOTHING = new Expired(List.of(), 0);

        Expired {
            changes = List.copyOf(changes);
        }
    }

    @Override
    public Addition<Expired> with(Map<RowKey, Optional<Row>> current, List<Change> changes) {
        var writes = new ArrayList<Write>();
        int soon = 0;
        for (int i = 0; i < entries.size(); i++) {
            RowKey entry = entries.get(i);
            Change change = changes.get(i);
            if (change.after().isEmpty() && expiredSoon(change, current)) {
                soon++;
            }
            Optional<RowKey> own = change.before()
                    .flatMap(item -> ExpiryRows.entry(table, timeToLive, item))
                    .map(Write::key);
            if (!own.equals(Optional.of(entry))) {
                writes.add(new Write.Delete(entry));
            }
        }
        return new Addition<>(writes, new Expired(changes, soon));
    }

    private boolean expiredSoon(Change change, Map<RowKey, Optional<Row>> current) {
        if (change.before().isEmpty()) {
            return false;
        }
        Item item = change.before().get();
        Optional<Row> row = Transition.row(current, Rows.item(table, item));
        OptionalLong second = timeToLive.expiry().of(item);
        return row.isPresent()
                && second.isPresent()
                && second.getAsLong()
                        < VersionTime.timeOf(row.get().version()).plus(SOON).getEpochSecond();
    }
}
