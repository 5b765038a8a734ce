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
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes items that an index says have expired, through the same door as a client's delete. Each is judged again as it
 * is stored by then: who was renewed since it was listed stays. An entry that is not the one of its item goes in any
 * case, so that it is not met again.
 */
final class Expiration implements Transition<List<Change>> {
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

    @Override
    public Outcome<List<Change>> apply(Map<RowKey, Optional<Row>> current) {
        Outcome<List<Change>> outcome = deletes.apply(current);
        var writes = new ArrayList<>(outcome.writes());
        for (int i = 0; i < entries.size(); i++) {
            RowKey entry = entries.get(i);
            Optional<RowKey> own = outcome.answer()
                    .get(i)
                    .before()
                    .flatMap(item -> ExpiryRows.entry(table, timeToLive, item))
                    .map(Write::key);
            if (!own.equals(Optional.of(entry))) {
                writes.add(new Write.Delete(entry));
            }
        }
        return new Outcome<>(writes, outcome.appends(), outcome.answer());
    }
}
