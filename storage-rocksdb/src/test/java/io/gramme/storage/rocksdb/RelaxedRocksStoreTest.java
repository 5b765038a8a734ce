package io.gramme.storage.rocksdb;

import io.gramme.storage.Durability;
import io.gramme.storage.RowStore;
import io.gramme.storage.testkit.HistoryContract;
import io.gramme.storage.testkit.RowStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RelaxedRocksStoreTest extends RowStoreContract implements HistoryContract {
    @TempDir
    Path directory;

    private final AtomicInteger opened = new AtomicInteger();

    @Override
    protected RowStore open() {
        Path fresh = directory.resolve("store" + opened.incrementAndGet());
        return RocksStore.open(RocksStoreOptions.in(fresh).with(Durability.RELAXED), InstantSource.system());
    }
}
