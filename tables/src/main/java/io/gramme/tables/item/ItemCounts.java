package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.storage.RowKey;
import io.gramme.tables.table.IndexLocation;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableStatistics;
import java.util.Optional;

/** Adds the changes of items to the statistics of tables, indexes and partitions. Safe for use by many threads. */
public final class ItemCounts {
    private final TableStatistics statistics;

    public ItemCounts(TableStatistics statistics) {
        this.statistics = statistics;
    }

    /** Adds a change that was committed. */
    void add(Change change) {
        Table table = change.table();
        Partition partition = table.partitions().at(change.row().partition().hash());
        statistics.record(
                table.tablespace(),
                partition,
                items(change.before(), change.after()),
                bytes(change.before(), change.after()));
        for (Change.EntryChange entry : change.entries()) {
            switch (entry.index().location()) {
                case IndexLocation.Local(var ordinal) ->
                    statistics.recordLocal(
                            table.tablespace(),
                            ordinal,
                            items(entry.before(), entry.after()),
                            bytes(entry.before(), entry.after()));
                case IndexLocation.Global _ -> {
                    entry.rowBefore().ifPresent(row -> add(entry.index(), row, Change.size(entry.before()), -1));
                    entry.rowAfter().ifPresent(row -> add(entry.index(), row, Change.size(entry.after()), 1));
                }
            }
        }
    }

    /** Counts an entry of a global index that was added (1) or removed (-1). */
    private void add(SecondaryIndex index, RowKey row, long bytes, int sign) {
        Partition partition = index.partitions().at(row.partition().hash());
        statistics.record(index.tablespace(), partition, sign, sign * bytes);
    }

    private static long items(Optional<Item> before, Optional<Item> after) {
        return (after.isPresent() ? 1L : 0L) - (before.isPresent() ? 1L : 0L);
    }

    private static long bytes(Optional<Item> before, Optional<Item> after) {
        return Change.size(after) - Change.size(before);
    }
}
