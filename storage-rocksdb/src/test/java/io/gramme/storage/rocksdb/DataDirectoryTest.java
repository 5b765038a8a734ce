package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    private static final RowKey KEY = key(1, "p", "i");

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void nameDirectory() {
        directory = parent.resolve("a/b/data");
    }

    private static RocksStore open(Path directory) {
        return RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system());
    }

    private void makeStoreWithARow() {
        try (var store = open(directory)) {
            put(store, KEY, "value");
        }
    }

    private void assertHoldsTheRow() {
        try (var store = open(directory)) {
            assertThat(value(store, KEY)).contains("value");
        }
    }

    private static void assertCannotBeOpened(Path directory, String... parts) {
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("directory=" + directory);
    }

    @Test
    void aDirectoryThatIsNotThereIsMade() {
        makeStoreWithARow();
        assertHoldsTheRow();
    }

    @Test
    void anEmptyDirectoryIsTaken() throws IOException {
        Files.createDirectories(directory);
        makeStoreWithARow();
        assertHoldsTheRow();
    }

    @Test
    void theFormatSaysWhatTheDirectoryIs() throws IOException {
        makeStoreWithARow();
        assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 4\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("LOCK", "FORMAT", "SYNCED", "db");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aDirectoryOfAnOlderFormatIsUpgradedWithWhatItHolds(int format) throws IOException {
        makeStoreWithARow();
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb " + format + "\n");
        assertHoldsTheRow();
        assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 4\n");
        assertHoldsTheRow();
    }

    /** Backups of older servers have it. */
    @Test
    void aDirectoryOfFormat3IsInspectedAsItIs() throws IOException {
        makeStoreWithARow();
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 3\n");
        try (var inspection = RocksInspection.open(directory, new NoReport()).orElseThrow()) {
            assertThat(inspection.store().get(KEY, Consistency.STRONG)).isPresent();
        }
        assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 3\n");
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 2\n");
        assertThatThrownBy(() -> RocksInspection.open(directory, new NoReport()))
                .hasMessageContaining("older format; serve it once");
    }

    private static final class NoReport implements StoreInspection.FileReport {
        @Override
        public void progress(long bytes, long totalBytes) {}

        @Override
        public void damaged(String file, String cause) {}

        @Override
        public void note(String text) {}
    }

    @Test
    void anUpgradeThatACrashInterruptedIsMadeAgain() throws IOException {
        makeStoreWithARow();
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 1\n");
        Files.writeString(directory.resolve("FORMAT.next"), "gramme-ro");
        assertHoldsTheRow();
        assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 4\n");
    }

    @Test
    void aStoreOpensOnceInAProcess() {
        try (var store = open(directory)) {
            assertCannotBeOpened(
                    directory, "in use", "process=" + ProcessHandle.current().pid());
            put(store, KEY, "value");
        }
        assertHoldsTheRow();
    }

    @Test
    void theFailureToOpenTwiceDoesNotUnlockTheFirst() throws Exception {
        try (var _ = open(directory)) {
            assertCannotBeOpened(directory, "in use");
            try (var other = ChildProcess.start(Holder.class, directory.toString())) {
                assertThat(other.readLine())
                        .contains("in use")
                        .contains("process=" + ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void aStoreThatAnotherProcessHasOpenIsRefusedUntilThatProcessIsGone() throws Exception {
        try (var other = ChildProcess.start(Holder.class, directory.toString())) {
            assertThat(other.readLine()).isEqualTo("open");
            assertCannotBeOpened(directory, "in use", "process=" + other.pid());
            other.kill();
            other.readRest();
        }
        open(directory).close();
    }

    /** Opens a store, says so, and holds it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            try (var _ = open(Path.of(arguments[0]))) {
                System.out.println("open");
                LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1));
            } catch (StorageException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void aDirectoryWithForeignFilesIsLeftAlone() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("thesis.txt"), "years of work");
        assertCannotBeOpened(directory, "not Gramme's", "found=thesis.txt");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("thesis.txt"));
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAnError() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "not a directory");
        assertCannotBeOpened(directory, "cannot be opened");
    }

    @Test
    void aNewerFormatIsRefusedNamingBothVersions() throws IOException {
        makeStoreWithARow();
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 5\n");
        assertCannotBeOpened(directory, "newer version", "found=5", "supported=4");
    }

    @Test
    void theFormatOfAnotherEngineIsRefused() throws IOException {
        makeStoreWithARow();
        Files.writeString(directory.resolve("FORMAT"), "gramme-paper 1\n");
        assertCannotBeOpened(directory, "another kind", "found=gramme-paper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gramme", "gramme-rocksdb", "gramme-rocksdb ", "gramme-rocksdb 1", "\0\0\0\0"})
    void aTruncatedFormatIsRefused(String text) throws IOException {
        makeStoreWithARow();
        Files.writeString(directory.resolve("FORMAT"), text);
        assertCannotBeOpened(directory, "damaged FORMAT", "gramme-rocksdb 4");
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 1\n");
        assertHoldsTheRow();
    }

    /** The states in which a crash may leave a directory that is being made. */
    @ParameterizedTest
    @ValueSource(strings = {"LOCK", "LOCK,FORMAT.new", "LOCK,FORMAT.new,db/", "LOCK,FORMAT.new,db/,db/MANIFEST-000001"})
    void aDirectoryWhoseMakingWasCutShortIsMadeAnew(String files) throws IOException {
        Files.createDirectories(directory);
        for (String file : files.split(",", -1)) {
            if (file.endsWith("/")) {
                Files.createDirectories(directory.resolve(file));
            } else {
                Files.writeString(directory.resolve(file), "gra");
            }
        }
        makeStoreWithARow();
        assertHoldsTheRow();
    }

    @Test
    void aDirectoryWhoseMakingWasCutShortAtTheEndIsMadeAnew() throws IOException {
        open(directory).close();
        Files.move(directory.resolve("FORMAT"), directory.resolve("FORMAT.new"));
        makeStoreWithARow();
        assertHoldsTheRow();
    }

    @Test
    void aDatabaseThatIsMissingIsDamageAndNotAFreshStart() throws IOException {
        makeStoreWithARow();
        Files.move(directory.resolve("db"), parent.resolve("elsewhere"));
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be opened");
        try (Stream<Path> left =
                Files.exists(directory.resolve("db")) ? Files.list(directory.resolve("db")) : Stream.<Path>empty()) {
            assertThat(left.map(file -> file.getFileName().toString())).doesNotContain("CURRENT");
        }
    }
}
