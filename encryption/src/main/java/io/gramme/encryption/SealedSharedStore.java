package io.gramme.encryption;

import io.gramme.storage.SharedRowStore;

/** A sealed store that several servers have open. */
final class SealedSharedStore extends SealedStore implements SharedRowStore {
    private final SharedRowStore store;

    SealedSharedStore(SharedRowStore store, Sealing sealing, StoredTableKeys tableKeys) {
        super(store, sealing, tableKeys);
        this.store = store;
    }

    @Override
    public int recover() {
        return store.recover();
    }

    @Override
    public boolean purge() {
        return store.purge();
    }
}
