package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TransactionErrors;
import io.gramme.storage.RowKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The items that active transactions have claimed, from before they wait for their rows until they end: these claims
 * cause transaction conflicts.
 *
 * <p>A request that meets a claim is refused at once and never waits for it, so there is no deadlock. A transaction
 * takes all its claims in one step, so of several transactions that meet one proceeds.
 *
 * <p>Claims are in memory, because a claim ends with its process. The store serialises the rows; claims only decide
 * which request gets the conflict error. Any number of threads may use this class at once.
 */
public final class TransactionConflicts {
    private final Set<RowKey> claimed = ConcurrentHashMap.newKeySet();

    /** Held while claims are compared and taken, which is short: no storage is accessed. */
    private final ReentrantLock taking = new ReentrantLock();

    /** The claims of one transaction; closing releases them. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Claims all of these items.
     *
     * @param items no two the same
     * @throws ApiException TRANSACTION_CANCELED with a reason for each item that another transaction has claimed; then
     *     none is claimed
     */
    public Held take(List<RowKey> items) {
        taking.lock();
        try {
            requireNoneClaimed(items);
            claimed.addAll(items);
        } finally {
            taking.unlock();
        }
        return () -> items.forEach(claimed::remove);
    }

    /** Refuses a transaction that reads any of these items while another has claimed them. */
    public void requireNoneClaimed(List<RowKey> items) {
        List<Optional<ApiException>> conflicts = items.stream()
                .map(item -> Optional.of(item).filter(claimed::contains).map(_ -> TransactionErrors.conflict()))
                .toList();
        if (conflicts.stream().anyMatch(Optional::isPresent)) {
            throw TransactionErrors.cancelled(conflicts);
        }
    }

    boolean has(RowKey item) {
        return !claimed.isEmpty() && claimed.contains(item);
    }

    /** Refuses a single write to an item that a transaction has claimed. */
    void requireFree(RowKey item) {
        if (has(item)) {
            throw TransactionErrors.conflict();
        }
    }
}
