package io.gramme.server.transaction;

import io.gramme.server.item.Change;
import java.util.List;

/** What became of a transaction that was not refused. */
public sealed interface TransactionResult {

    /** @param changes one for each action, in their order; a check changes nothing */
    record Applied(List<Change> changes) implements TransactionResult {
        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /**
     * It had been done before, and was left as it is.
     *
     * @param sizes of the item that each action wrote, took away or checked when it was done, in bytes
     */
    record Replayed(List<Long> sizes) implements TransactionResult {
        public Replayed {
            sizes = List.copyOf(sizes);
        }
    }
}
