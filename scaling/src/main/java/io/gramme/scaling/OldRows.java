package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.HashRange;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.function.Predicate;

/** Deletes the rows of one kind in tablespace 0 that nothing needs any more. */
final class OldRows {
    private OldRows() {}

    static void delete(RowStore store, Bytes kind, Predicate<Row> isOld) {
        var batch = new WriteBatch(store);
        AllRows.sweep(store, HashRange.whole(TablespaceId.CATALOG, kind.at(0)), row -> {
            if (isOld.test(row)) {
                batch.add(new Write.Delete(row.key()));
            }
        });
        batch.flush();
    }
}
