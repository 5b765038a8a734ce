package io.gramme.embedded;

import io.gramme.server.Engine;
import io.gramme.storage.Durability;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.nio.file.Path;

/** The engine of tables in a directory. Its library is on the class path only if the embedding program adds it. */
final class DiskEngine {
    private DiskEngine() {}

    /** @throws IllegalStateException if the library is missing */
    static Engine in(Path directory, Durability durability) {
        try {
            RocksStoreOptions options = RocksStoreOptions.in(directory).with(durability);
            return new Engine.Disk(options.directory(), clock -> RocksStore.open(options, clock));
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "tables in a directory need io.gramme:gramme-storage-rocksdb on the class path", e);
        }
    }
}
