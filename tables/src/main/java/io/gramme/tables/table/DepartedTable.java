package io.gramme.tables.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.tables.catalog.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A deleted table whose rows are kept, because some keeper of its history still reads them. No client sees it.
 *
 * @param table as it was at its end
 * @param version the highest that was written to it
 * @param items that it had, as counted
 * @param bytes of these items, as counted
 */
public record DepartedTable(Table table, long version, Instant deleted, long items, long bytes) {

    public List<TableHistory.Keeper> keepers() {
        return table.history().map(TableHistory::keepers).orElse(List.of());
    }

    DepartedTable without(String keeper) {
        return with(history().without(keeper));
    }

    DepartedTable with(TableHistory.Keeper keeper) {
        return with(history().with(keeper));
    }

    /** With one keeper in the place of another. */
    public DepartedTable replacing(String keeper, TableHistory.Keeper other) {
        return with(history().without(keeper).with(other));
    }

    private TableHistory history() {
        return table.history().orElse(new TableHistory(List.of()));
    }

    private DepartedTable with(TableHistory history) {
        return new DepartedTable(table.withHistory(Optional.of(history)), version, deleted, items, bytes);
    }

    Bytes encode() {
        return ItemCodec.encode(new Fields()
                .put("Version", version)
                .put("Deleted", deleted)
                .put("Items", items)
                .put("Bytes", bytes)
                .put("Table", new Value.B(TableCodec.encode(table)))
                .toItem());
    }

    static DepartedTable decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new DepartedTable(
                TableCodec.decode(fields.bytes("Table")),
                fields.number("Version"),
                fields.time("Deleted"),
                fields.number("Items"),
                fields.number("Bytes"));
    }
}
