package io.gramme.encryption;

import io.gramme.storage.RowStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.storage.testkit.HistoryContract;
import io.gramme.storage.testkit.RowStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SealedRocksStoreTest extends RowStoreContract implements HistoryContract {
    @TempDir
    Path directory;

    private final AtomicInteger opened = new AtomicInteger();

    @Override
    protected RowStore open() {
        Path fresh = directory.resolve("store" + opened.incrementAndGet());
        return TestKeys.seal(RocksStore.open(RocksStoreOptions.in(fresh), InstantSource.system()))
                .sealed();
    }

    @Override
    public int fiveBytes() {
        return 5 + Envelope.OVERHEAD;
    }
}
