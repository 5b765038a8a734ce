package io.gramme.storage.testkit;

import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;

class MemoryStoreTest extends RowStoreContract implements HistoryContract {
    @Override
    protected RowStore open() {
        return new MemoryStore(InstantSource.system());
    }
}
