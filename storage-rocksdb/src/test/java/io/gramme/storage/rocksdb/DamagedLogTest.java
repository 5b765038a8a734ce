package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A log that is damaged where it was synced: nothing acknowledged vanishes without a word, wherever the damage is. The
 * logs are those that a killed process leaves.
 */
@Tag("slow")
@Timeout(180)
class DamagedLogTest {
    private static final int ROWS = 400;
    private static final int GARBLED_BYTES = 16;

    @TempDir
    Path parent;

    private Path live;
    private Path copy;

    @BeforeEach
    void writeAndCopyWhileOpen() throws IOException {
        live = parent.resolve("live");
        copy = parent.resolve("copy");
        write(live, RocksStoreOptions.in(live), ROWS, copy);
    }

    private static void write(Path directory, RocksStoreOptions options, int rows, Path copy) throws IOException {
        var random = new Random(1);
        try (var store = RocksStore.open(options, InstantSource.system())) {
            for (int n = 0; n < rows; n++) {
                byte[] content = new byte[n % 50 == 49 ? 100_000 : random.nextInt(3_000)];
                random.nextBytes(content);
                put(store, row(n), Bytes.wrap(content));
            }
            LogFiles.copy(directory, copy);
        }
    }

    private static RowKey row(int n) {
        return key(1, "p" + n, "i");
    }

    private static RocksStore open(Path directory, LogLoss loss) {
        return RocksStore.open(RocksStoreOptions.in(directory).with(loss), InstantSource.system());
    }

    /** How many rows there are, the first ones: no row is there whose predecessor is not. */
    private static int prefix(Path directory, LogLoss loss, int rows) {
        try (var store = open(directory, loss)) {
            int found = 0;
            while (found < rows && value(store, row(found)).isPresent()) {
                found++;
            }
            for (int n = found; n < rows; n++) {
                assertThat(value(store, row(n))).as("row " + n).isEmpty();
            }
            put(store, key(2, "after", "i"), "written afterwards");
            return found;
        }
    }

    private static void requireRefused(Path directory, Path log) {
        assertThatThrownBy(() -> open(directory, LogLoss.REFUSE).close())
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll("log is damaged", "file=" + log, "byte=", "--accept-log-loss", "bytesBehind=");
    }

    private Path theLog() throws IOException {
        List<Path> logs = LogFiles.logs(copy);
        assertThat(logs).hasSize(1);
        return logs.getFirst();
    }

    @Test
    void aWholeLogIsReadInFull() {
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(ROWS);
        assertThat(copy).isDirectoryNotContaining("glob:**lost-log*");
    }

    @ParameterizedTest(name = "at {0} per mille of the log")
    @ValueSource(ints = {0, 1, 100, 250, 500, 750, 900, 990, 999, 1000})
    void garbledBytesAreRefusedAndTheLogStaysAsItWas(int perMille) throws IOException {
        Path log = theLog();
        byte[] whole = Files.readAllBytes(log);
        long at = (whole.length - GARBLED_BYTES) * (long) perMille / 1000;
        LogFiles.flip(log, at, GARBLED_BYTES, new Random(perMille));
        requireRefused(copy, log);
        requireRefused(copy, log);
        Files.write(log, whole);
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(ROWS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void damageAnywhereIsRefused(long seed) throws IOException {
        Path log = theLog();
        byte[] whole = Files.readAllBytes(log);
        var random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            LogFiles.flip(log, random.nextInt(whole.length), random.nextInt(1, 100), random);
            requireRefused(copy, log);
            Files.write(log, whole);
        }
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(longs = {32_768 - 4, 32_768, 32_768 + 3, 65_536 - 20, 65_536})
    void damageAtTheBorderOfBlocksIsRefused(long at) throws IOException {
        LogFiles.flip(theLog(), at, 8, new Random(at));
        requireRefused(copy, theLog());
    }

    @Test
    void zerosInTheMiddleAreRefused() throws IOException {
        LogFiles.overwrite(theLog(), 100_000, new byte[70_000]);
        requireRefused(copy, theLog());
    }

    @ParameterizedTest(name = "{0} bytes cut off")
    @ValueSource(longs = {1, 7, 100, 50_000})
    void aLogWithoutItsEndIsRefusedBecauseTheMarkSaysThatItWasSynced(long bytes) throws IOException {
        LogFiles.cut(theLog(), Files.size(theLog()) - bytes);
        requireRefused(copy, theLog());
    }

    @Test
    void anEmptyLogIsRefused() throws IOException {
        LogFiles.cut(theLog(), 0);
        requireRefused(copy, theLog());
    }

    @Test
    void aMissingLogIsRefused() throws IOException {
        Files.delete(theLog());
        requireRefused(copy, copy.resolve("db"));
    }

    @Test
    void theMessageSaysHowMuchLiesBehindTheDamage() throws IOException {
        Path log = theLog();
        long size = Files.size(log);
        LogFiles.flip(log, size / 2, GARBLED_BYTES, new Random(1));
        assertThatThrownBy(() -> open(copy, LogLoss.REFUSE))
                .hasMessageMatching(".*byte=\\d+ cause=\"the checksum of a record does not match\""
                        + " bytesBehind=\\d{5,} recordsBehind=[12]\\d\\d changesLost=[345]\\d\\d");
    }

    @Test
    void anAcceptedLossLeavesWhatWasBeforeItAndKeepsTheRestAside() throws IOException {
        Path log = theLog();
        long size = Files.size(log);
        LogFiles.flip(log, size / 2, GARBLED_BYTES, new Random(1));
        int found = prefix(copy, LogLoss.ACCEPT, ROWS);
        assertThat(found).isBetween(ROWS / 4, ROWS * 3 / 4);
        // Two changes a row: the row, and the highest version.
        Path aside = copy.resolve("lost-log-" + (2 * found + 1));
        try (var kept = Files.list(aside)) {
            assertThat(Files.size(kept.findFirst().orElseThrow())).isGreaterThan(size / 4);
        }
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(found);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anAcceptedLossAnywhereLeavesAPrefix(long seed) throws IOException {
        var random = new Random(seed);
        Path log = theLog();
        LogFiles.flip(log, random.nextInt((int) Files.size(log)), GARBLED_BYTES, random);
        int found = prefix(copy, LogLoss.ACCEPT, ROWS);
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(found);
    }

    @Test
    void anAcceptedLossOfAWholeLogLeavesNothing() throws IOException {
        LogFiles.cut(theLog(), 0);
        assertThat(prefix(copy, LogLoss.ACCEPT, ROWS)).isZero();
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isZero();
    }

    @Test
    void withoutAMarkAnEndThatIsCutOffIsTornAndTheMiddleIsDamaged() throws IOException {
        Files.delete(copy.resolve("SYNCED"));
        LogFiles.cut(theLog(), Files.size(theLog()) - 10);
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(ROWS - 1);
        LogFiles.delete(copy);
        LogFiles.copy(live, copy);
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(ROWS);
    }

    @Test
    void withoutAMarkDamageBeforeGoodRecordsIsRefused() throws IOException {
        Files.delete(copy.resolve("SYNCED"));
        LogFiles.flip(theLog(), Files.size(theLog()) / 2, GARBLED_BYTES, new Random(1));
        requireRefused(copy, theLog());
    }

    @Test
    void aGarbledMarkIsNone() throws IOException {
        LogFiles.flip(copy.resolve("SYNCED"), 3, 4, new Random(1));
        assertThat(prefix(copy, LogLoss.REFUSE, ROWS)).isEqualTo(ROWS);
    }

    /** Writes so much through small buffers that older logs are still needed. */
    private List<Path> severalLogs() throws IOException {
        LogFiles.delete(copy);
        Path other = parent.resolve("other");
        write(other, RocksStoreOptions.in(other).withWriteBuffers(1 << 20), 2 * ROWS, copy);
        List<Path> logs = LogFiles.logs(copy);
        assertThat(logs).hasSizeGreaterThan(2);
        return logs;
    }

    @Test
    void severalLogsAreReadInFull() throws IOException {
        severalLogs();
        assertThat(prefix(copy, LogLoss.REFUSE, 2 * ROWS)).isEqualTo(2 * ROWS);
    }

    @Test
    void damageInAnyOfSeveralLogsIsRefused() throws IOException {
        for (Path log : severalLogs()) {
            if (Files.size(log) > 0) {
                byte[] whole = Files.readAllBytes(log);
                LogFiles.flip(log, whole.length / 2, GARBLED_BYTES, new Random(1));
                requireRefused(copy, log);
                Files.write(log, whole);
            }
        }
        assertThat(prefix(copy, LogLoss.REFUSE, 2 * ROWS)).isEqualTo(2 * ROWS);
    }

    @Test
    void aMissingOrCutLogBetweenOthersIsRefused() throws IOException {
        List<Path> logs = severalLogs();
        Path middle = logs.get(1);
        byte[] whole = Files.readAllBytes(middle);
        Files.delete(middle);
        requireRefused(copy, logs.get(2));
        Files.write(middle, whole);
        LogFiles.cut(middle, 0);
        requireRefused(copy, logs.get(2));
        LogFiles.cut(middle, 0);
        Files.write(middle, whole);
        LogFiles.cut(middle, whole.length - 5);
        requireRefused(copy, middle);
    }

    @Test
    void anAcceptedLossInOneOfSeveralLogsPutsTheLaterOnesAside() throws IOException {
        List<Path> logs = severalLogs();
        LogFiles.flip(logs.get(1), Files.size(logs.get(1)) / 2, GARBLED_BYTES, new Random(1));
        // Rows that had reached a table file are there, although their log is not.
        try (var store = open(copy, LogLoss.ACCEPT)) {
            assertThat(value(store, row(0))).isPresent();
            put(store, key(2, "after", "i"), "written afterwards");
        }
        try (var store = open(copy, LogLoss.REFUSE)) {
            assertThat(value(store, key(2, "after", "i"))).isPresent();
        }
    }
}
