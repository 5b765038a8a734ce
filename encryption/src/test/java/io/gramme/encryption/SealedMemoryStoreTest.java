package io.gramme.encryption;

import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.HistoryContract;
import io.gramme.storage.testkit.RowStoreContract;
import java.time.InstantSource;

class SealedMemoryStoreTest extends RowStoreContract implements HistoryContract {
    @Override
    protected RowStore open() {
        return TestKeys.seal(new MemoryStore(InstantSource.system())).sealed();
    }

    @Override
    public int fiveBytes() {
        return 5 + Envelope.OVERHEAD;
    }
}
