package io.gramme.server.operation;

import io.gramme.core.error.TransactionErrors;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Terms;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.CancellationCollector;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.table.PinnedTables;
import io.gramme.tables.table.Table;
import io.gramme.tables.transaction.TransactionResult;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One action of a transaction, whether requested as an item action or as a statement.
 *
 * @param table its name or ARN, as the caller gave it
 * @param terms what it asks besides its item
 * @param bytes its size against the limit of a transaction: that of its item or key, and of its values
 */
record TransactionAction(String table, ItemAction action, Terms terms, long bytes) {
    private static final long MAX_BYTES = 4L << 20;

    static Set<String> tables(List<TransactionAction> actions) {
        var tables = new LinkedHashSet<String>();
        actions.forEach(action -> tables.add(action.table()));
        return tables;
    }

    /** Validates the actions against their tables, in the service's order; returns their writes. */
    static List<ItemWrite> writes(List<TransactionAction> actions, PinnedTables uses) {
        requireFits(actions.stream().mapToLong(TransactionAction::bytes).sum());
        List<ItemWrite> writes = CancellationCollector.upToFirst(
                actions, one -> one.action().on(uses.table(one.table())).under(one::terms));
        requireDistinct(writes);
        return writes;
    }

    static void requireFits(long bytes) {
        if (bytes > MAX_BYTES) {
            throw TransactionErrors.requestTooLarge(bytes);
        }
    }

    static void requireDistinct(List<ItemWrite> writes) {
        var rows = new HashSet<RowKey>();
        for (ItemWrite write : writes) {
            if (!rows.add(write.row())) {
                throw TransactionErrors.itemTwice();
            }
        }
    }

    /**
     * The capacity that a transaction consumed on each table, in the order in which its actions first name the tables.
     */
    static List<Consumption> consumed(List<ItemWrite> writes, TransactionResult done) {
        var tables = new LinkedHashMap<Table, Consumption>();
        switch (done) {
            case TransactionResult.Applied(List<Change> changes) ->
                changes.forEach(change -> tables.computeIfAbsent(change.table(), Consumption::ofTransactionalWrites)
                        .addWrite(change));
            case TransactionResult.Replayed(List<Long> sizes) -> addReads(tables, writes, sizes);
        }
        return List.copyOf(tables.values());
    }

    /** A transaction that was applied before is charged for reading what it would write. */
    private static void addReads(Map<Table, Consumption> tables, List<ItemWrite> writes, List<Long> sizes) {
        for (int i = 0; i < writes.size(); i++) {
            tables.computeIfAbsent(writes.get(i).table(), Consumption::ofTransactionalReads)
                    .addRead(sizes.get(i), Consistency.STRONG);
        }
    }
}
