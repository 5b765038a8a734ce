package io.gramme.kms;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.Durability;
import io.gramme.storage.RowStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on a disk. */
class RocksKeysTest {
    @TempDir
    private Path directory;

    @Test
    void keysOutliveTheirProcess() {
        var clock = new VirtualClock();
        byte[] blob;
        try (RowStore rows = open()) {
            Service service = Service.over(rows, clock, Service.FIRST_KEY);
            blob = service.encrypt(service.key(), "hello", Map.of("a", "1"));
        }
        try (RowStore rows = open()) {
            assertThat(Service.over(rows, clock, Service.FIRST_KEY).decrypt(blob, Map.of("a", "1")))
                    .isEqualTo("hello");
        }
    }

    private RowStore open() {
        return RocksStore.open(
                RocksStoreOptions.in(directory.resolve("data")).with(Durability.RELAXED), InstantSource.system());
    }
}
