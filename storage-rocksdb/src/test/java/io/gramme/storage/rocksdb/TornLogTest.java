package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.Durability;
import io.gramme.storage.Outcome;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.testkit.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a loss of power does to the part of the log that was not synced: the store opens all the same, with a prefix of
 * what was committed. Here none of it was synced.
 */
@Tag("slow")
@Timeout(120)
class TornLogTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 30;

    @TempDir
    Path parent;

    private Path original;

    @BeforeEach
    void writeAndCopyWhileOpen() throws IOException {
        Path live = parent.resolve("live");
        original = parent.resolve("original");
        try (var store = open(live)) {
            Threads.run(WRITERS, writer -> {
                for (int n = 1; n <= WRITES; n++) {
                    write(store, writer, n);
                }
            });
            LogFiles.copy(live, original);
        }
    }

    private static RocksStore open(Path directory) {
        return RocksStore.open(
                RocksStoreOptions.in(directory).with(Durability.RELAXED).withSyncInterval(Duration.ofHours(1)),
                InstantSource.system());
    }

    private static RowKey counter(int writer) {
        return key(1, "counter" + writer, "i");
    }

    private static RowKey numbered(int writer, long n) {
        return key(2, "writer" + writer, "i" + n);
    }

    private static void write(RowStore store, int writer, int n) {
        store.transact(
                Set.of(counter(writer)),
                _ -> new Outcome<>(
                        List.of(
                                put(numbered(writer, n), "x".repeat(n * 50)),
                                put(counter(writer), Integer.toString(n))),
                        n));
    }

    private static Path newestLog(Path directory) throws IOException {
        return LogFiles.logs(directory).getLast();
    }

    /** Returns how many transactions were found. */
    private static long checkPrefix(Path directory) {
        long found = 0;
        try (var store = open(directory)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                long written = number(row(store, counter(writer)));
                for (long n = 1; n <= WRITES; n++) {
                    assertThat(row(store, numbered(writer, n)).isPresent()).isEqualTo(n <= written);
                }
                found += written;
            }
            put(store, key(3, "after", "i"), "written after the accident");
        }
        try (var store = open(directory)) {
            assertThat(value(store, key(3, "after", "i"))).isPresent();
        }
        return found;
    }

    @Test
    void aWholeLogHoldsEverything() {
        assertThat(checkPrefix(original)).isEqualTo(WRITERS * WRITES);
    }

    @Test
    void anEmptyLogHoldsNothing() throws IOException {
        cut(original, 0);
        assertThat(checkPrefix(original)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 100, 1000, 10_000, 40_000})
    void bytesCutOffTheEndTakeTheLastTransactionsWholly(int bytes) throws IOException {
        cut(original, Math.toIntExact(Files.size(newestLog(original))) - bytes);
        assertThat(checkPrefix(original)).isLessThan(WRITERS * WRITES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aCutAnywhereLeavesAPrefix(long seed) throws IOException {
        int size = Math.toIntExact(Files.size(newestLog(original)));
        cut(original, new Random(seed).nextInt(size));
        checkPrefix(original);
    }

    /** Pages of the last write may reach the disk in any order, so that its middle is missing and its end is there. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aHoleAnywhereLeavesAPrefix(long seed) throws IOException {
        Path log = newestLog(original);
        int at = new Random(seed).nextInt(Math.toIntExact(Files.size(log)) - 4096);
        LogFiles.overwrite(log, at, new byte[4096]);
        assertThat(checkPrefix(original)).isLessThan(WRITERS * WRITES);
    }

    private static void cut(Path directory, int length) throws IOException {
        LogFiles.cut(newestLog(directory), length);
    }
}
