package io.gramme.server.ttl;

import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Item;
import io.gramme.server.item.Change;
import io.gramme.server.item.ExpiryRows;
import io.gramme.server.item.ItemWrite;
import io.gramme.server.item.Items;
import io.gramme.server.item.Rows;
import io.gramme.server.item.WriteTransition;
import io.gramme.server.table.Table;
import io.gramme.server.table.TimeToLive;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.VersionClock;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Deletes items that an index says have expired, through the same door as a client's delete. Each is judged again as it
 * is stored by then: who was renewed since it was listed stays. An entry that is not the one of its item goes in any
 * case, so that it is not met again.
 */
final class Expiration implements Transition<Expiration.Expired> {
    /** An item that expires sooner than this after its last write may be one that was not meant to. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Table table;
    private final TimeToLive timeToLive;
    private final List<RowKey> entries;
    private final WriteTransition deletes;

    private Expiration(Table table, TimeToLive timeToLive, List<RowKey> entries, WriteTransition deletes) {
        this.table = table;
        this.timeToLive = timeToLive;
        this.entries = entries;
        this.deletes = deletes;
    }

    /** Of the items of these entries, but for those that a transaction has in hand: they are met again. */
    static Expiration of(Items items, Table table, TimeToLive timeToLive, List<Row> entries, Due due) {
        // By item, each once: of several entries of one item all but one are met again.
        Map<RowKey, ItemWrite> deletes = new LinkedHashMap<>();
        var deleted = new ArrayList<RowKey>();
        for (Row entry : entries) {
            Item key = ExpiryRows.key(entry);
            var delete = new ItemWrite(
                    table,
                    key,
                    stored -> stored.filter(
                            item -> !due.contains(timeToLive.expiry().of(item))));
            if (!items.isClaimed(delete) && deletes.putIfAbsent(Rows.item(table, key), delete) == null) {
                deleted.add(entry.key());
            }
        }
        return new Expiration(table, timeToLive, deleted, items.expiry(List.copyOf(deletes.values())));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Set<RowKey> reads() {
        return deletes.reads();
    }

    /**
     * What was found and done.
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
    public Outcome<Expired> apply(Map<RowKey, Optional<Row>> current) {
        Outcome<List<Change>> outcome = deletes.apply(current);
        var writes = new ArrayList<>(outcome.writes());
        int soon = 0;
        for (int i = 0; i < entries.size(); i++) {
            RowKey entry = entries.get(i);
            Change change = outcome.answer().get(i);
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
        return new Outcome<>(writes, outcome.appends(), new Expired(outcome.answer(), soon));
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
                        < VersionClock.timeOf(row.get().version()).plus(SOON).getEpochSecond();
    }
}
