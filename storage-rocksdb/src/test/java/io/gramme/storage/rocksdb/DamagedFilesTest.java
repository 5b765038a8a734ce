package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store with a damaged file besides its logs is refused in one sentence, which names the file and the cause. */
@Timeout(120)
class DamagedFilesTest {
    private static final int ROWS = 60;

    @TempDir
    Path directory;

    private RocksStoreOptions options;

    @BeforeEach
    void write() {
        options = RocksStoreOptions.in(directory).withWriteBuffers(1 << 20);
        for (int session = 0; session < 2; session++) {
            try (var store = RocksStore.open(options, InstantSource.system())) {
                for (int n = 0; n < ROWS; n++) {
                    byte[] content = new byte[50_000];
                    new Random(n).nextBytes(content);
                    put(store, key(1, "p" + n, "i"), Bytes.wrap(content));
                }
            }
        }
    }

    private void requireRefused(Path file) {
        assertThatThrownBy(
                        () -> RocksStore.open(options, InstantSource.system()).close())
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll("database is damaged", "restore the data directory", "file=" + file, "cause=")
                .hasMessageNotContaining("\n");
    }

    private Path manifest() throws IOException {
        return LogFiles.of(directory, "MANIFEST-\\d+").getLast();
    }

    private Path table() throws IOException {
        return LogFiles.of(directory, "\\d+\\.sst").getFirst();
    }

    private Path current() {
        return directory.resolve("db").resolve("CURRENT");
    }

    @Test
    void aWholeStoreOpens() {
        try (var store = RocksStore.open(options, InstantSource.system())) {
            assertThat(value(store, key(1, "p1", "i"))).isPresent();
        }
    }

    @ParameterizedTest(name = "at {0} percent")
    @ValueSource(ints = {0, 20, 40, 60, 80, 99})
    void aGarbledManifestIsRefused(int percent) throws IOException {
        LogFiles.flip(manifest(), Files.size(manifest()) * percent / 100, 8, new Random(percent));
        requireRefused(manifest());
    }

    @Test
    void anEmptyOrMissingManifestIsRefused() throws IOException {
        LogFiles.cut(manifest(), 0);
        requireRefused(manifest());
        Path missing = manifest();
        Files.delete(missing);
        requireRefused(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "MANIFEST-000004", "garbage\n", "../../MANIFEST-000004\n"})
    void aGarbledCurrentIsRefused(String content) throws IOException {
        Files.writeString(current(), content);
        requireRefused(current());
    }

    @Test
    void aMissingCurrentIsRefused() throws IOException {
        Files.delete(current());
        requireRefused(current());
    }

    @Test
    void aMissingTableFileIsRefused() throws IOException {
        Path table = table();
        Files.delete(table);
        requireRefused(table);
    }

    @Test
    void aCutTableFileIsRefused() throws IOException {
        LogFiles.cut(table(), Files.size(table()) - 100);
        requireRefused(table());
    }

    @Test
    void aTableFileWithAGarbledEndIsRefused() throws IOException {
        LogFiles.flip(table(), Files.size(table()) - 40, 40, new Random(1));
        requireRefused(table());
    }
}
