package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Deletes the rows of one kind in tablespace 0 that nothing needs any more. */
final class OldRows {
    private OldRows() {}

    static void delete(RowStore store, Bytes kind, Predicate<Row> isOld) {
        AllRows.sweep(store, HashRange.whole(TablespaceId.CATALOG, kind.at(0)), row -> {
            if (isOld.test(row)) {
                var _ = store.transact(
                        Set.of(row.key()), _ -> new Outcome<>(List.of(new Write.Delete(row.key())), true));
            }
        });
    }
}
