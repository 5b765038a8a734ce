package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The stored triggers of all accounts and regions: rows of tablespace 0, in the partitions of their account and region,
 * next to their tables.
 */
final class TriggerRows {
    /** A row kind that the catalog does not use. */
    private static final int KIND = 0x09;

    private final RowStore store;

    TriggerRows(RowStore store) {
        this.store = store;
    }

    List<Trigger> all() {
        var found = new ArrayList<Trigger>();
        AllRows.sweep(
                store, HashRange.whole(TablespaceId.CATALOG, KIND), row -> found.add(TriggerCodec.decode(row.value())));
        return found;
    }

    void put(Trigger trigger) {
        write(new Write.Put(key(trigger), TriggerCodec.encode(trigger)));
    }

    void delete(Trigger trigger) {
        write(new Write.Delete(key(trigger)));
    }

    private void write(Write write) {
        store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey key(Trigger trigger) {
        AccountRegion accountRegion = trigger.table().accountRegion();
        return new RowKey(
                new PartitionKey(
                        TablespaceId.CATALOG, Bytes.utf8(accountRegion.account() + "/" + accountRegion.region())),
                Bytes.of(KIND).plus(Bytes.utf8(trigger.id())));
    }
}
