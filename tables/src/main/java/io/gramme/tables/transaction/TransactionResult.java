package io.gramme.tables.transaction;

import io.gramme.tables.item.Change;
import java.util.List;

/** The result of a transaction that was not refused. */
public sealed interface TransactionResult {

    /** @param changes one for each action, in their order; a check changes nothing */
    record Applied(List<Change> changes) implements TransactionResult {
        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The transaction had been applied by an earlier request, and nothing was done again.
     *
     * @param sizes of the item that each action wrote, deleted or checked when it was applied, in bytes
     */
    record Replayed(List<Long> sizes) implements TransactionResult {
        public Replayed {
            sizes = List.copyOf(sizes);
        }
    }
}
