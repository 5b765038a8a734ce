package io.gramme.security.identity;

import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;

class MemoryIdentitiesTest extends IdentitiesContract {
    @Override
    RowStore open() {
        return new MemoryStore(InstantSource.system());
    }
}
