package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.storage.Row;
import io.gramme.tables.table.Table;
import java.util.Optional;

/**
 * When, and in which region, the last write of an item in a replicated table was made: of two writes of one item the
 * later holds.
 *
 * @param origin of the write that holds
 * @param stored what the row has to say of it; nothing if the write was made here at the time of the row's version
 * @param superseded whether the write that was to be stored is older than the one that is stored
 * @param renewed whether the item is as before, and the write that made it so another one
 */
public record Stamp(Origin origin, Optional<Origin> stored, boolean superseded, boolean renewed) {

    /** The origin of what a row of a table has: the row's version and this region, unless the row says otherwise. */
    public static Origin of(Table table, Row row, StoredItem item) {
        return item.origin().orElseGet(() -> new Origin(table.accountRegion().region(), row.version()));
    }

    /** The stamp of a write that a client of this region makes: it is later than the write that it replaces. */
    static Stamp local(Table table, Optional<Origin> before, long version) {
        long time =
                before.map(origin -> Math.max(version, origin.timestamp() + 1)).orElse(version);
        var origin = new Origin(table.accountRegion().region(), time);
        return new Stamp(origin, time == version ? Optional.empty() : Optional.of(origin), false, false);
    }

    /** The stamp of a write that another region made. */
    static Stamp foreign(Origin write, Optional<Origin> before) {
        boolean holds = before.isEmpty() || write.compareTo(before.get()) > 0;
        return holds ? new Stamp(write, Optional.of(write), false, true) : new Stamp(before.get(), before, true, false);
    }

    /** The row of an item; of one that was deleted, a tombstone. */
    StoredItem row(Optional<Item> item) {
        return new StoredItem(item, stored);
    }
}
