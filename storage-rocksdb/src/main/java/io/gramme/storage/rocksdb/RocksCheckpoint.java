package io.gramme.storage.rocksdb;

import io.gramme.storage.Checkpoint;
import java.nio.file.Path;

/** A checkpoint in a directory beside the database. At most one exists at a time. */
record RocksCheckpoint(Path directory, long version, Runnable delete) implements Checkpoint {
    @Override
    public void close() {
        delete.run();
    }
}
