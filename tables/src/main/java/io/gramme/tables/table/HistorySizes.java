package io.gramme.tables.table;

import io.gramme.storage.RowStore;
import java.util.List;
import java.util.OptionalLong;

/**
 * The disk space that the history of tables takes: the earlier states of items and of the entries of global indexes, as
 * stored, compressed. Only a store on a disk of this process knows it, and by estimate.
 */
public final class HistorySizes {
    private final RowStore store;

    public HistorySizes(RowStore store) {
        this.store = store;
    }

    /** The bytes of one table's history. */
    public record Size(Table table, long bytes) {}

    /** Those of all tables with history; none if the store does not know them. */
    public List<Size> all() {
        if (store.history().bytes(List.of()).isEmpty()) {
            return List.of();
        }
        return new Catalog(store)
                .tables().stream()
                        .filter(table -> table.history().isPresent())
                        .map(table -> new Size(table, of(table).orElse(0)))
                        .toList();
    }

    /** Empty if the store does not know it. */
    public OptionalLong of(Table table) {
        return store.history().bytes(table.tablespaces());
    }
}
