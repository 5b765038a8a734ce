package io.gramme.security.identity;

import io.gramme.storage.Durability;
import io.gramme.storage.RowStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class RocksIdentitiesTest extends IdentitiesContract {
    @TempDir
    Path directory;

    @Override
    RowStore open() {
        return RocksStore.open(
                RocksStoreOptions.in(directory.resolve("data")).with(Durability.RELAXED), InstantSource.system());
    }
}
