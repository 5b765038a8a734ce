package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import java.util.Map;
import java.util.Optional;

/**
 * Some rows of a partition and its register, as of one moment.
 *
 * @param cells one for each row that was requested
 */
record PartitionView(PlacedKey place, Register register, Map<Bytes, Cell> cells) {
    PartitionView {
        cells = Map.copyOf(cells);
    }

    Cell cell(Bytes sort) {
        return cells.getOrDefault(sort, Cell.ABSENT);
    }

    Optional<Row> row(RowKey key) {
        return cell(key.sort()).row(key);
    }

    Optional<Intent> anyIntent() {
        return cells.values().stream().flatMap(cell -> cell.intent().stream()).findAny();
    }
}
