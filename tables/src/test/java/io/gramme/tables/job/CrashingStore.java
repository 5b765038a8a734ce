package io.gramme.tables.job;

import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.ForwardingStore;
import java.util.Set;

/**
 * A store as a process sees it that is killed at its n-th write, before it or after it: from then on every call
 * fails.
 */
final class CrashingStore extends ForwardingStore {
    private final boolean after;
    private long writesLeft;

    CrashingStore(RowStore store, long writes, boolean after) {
        super(store);
        this.writesLeft = writes;
        this.after = after;
    }

    synchronized boolean isDead() {
        return writesLeft <= 0;
    }

    private synchronized boolean isLast() {
        requireAlive();
        return --writesLeft == 0;
    }

    private synchronized void requireAlive() {
        if (writesLeft <= 0) {
            throw new StorageException("killed");
        }
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        boolean last = isLast();
        if (last && !after) {
            throw new StorageException("killed before a write");
        }
        R answer = super.transact(reads, transition);
        if (last) {
            throw new StorageException("killed after a write");
        }
        return answer;
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        requireAlive();
        return super.sweep(range, budget, consistency);
    }
}
