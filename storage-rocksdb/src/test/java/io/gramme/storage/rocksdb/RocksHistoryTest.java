package io.gramme.storage.rocksdb;

import io.gramme.storage.Durability;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.SeededHistory;
import io.gramme.storage.testkit.SeededHistory.Side;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RocksHistoryTest {
    @TempDir
    Path directory;

    /** The clock jumps to and fro, and versions must grow all the same: within a process and beyond. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void itAgreesWithTheModelAlsoWhenReopened(long seed) {
        var random = new Random(seed);
        InstantSource jumping = () -> Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000));
        var subject = new Side(open(jumping), store -> {
            store.close();
            return open(jumping);
        });
        new SeededHistory(seed, 2500).compare(Side.thatCannotReopen(new MemoryStore(InstantSource.system())), subject);
    }

    private RowStore open(InstantSource clock) {
        // Buffers so small that rows reach sorted files, and pages are read from several levels.
        var options = RocksStoreOptions.in(directory)
                .with(Durability.RELAXED)
                .withBlockCache(1 << 20)
                .withWriteBuffers(1 << 20);
        return RocksStore.open(options, clock);
    }
}
