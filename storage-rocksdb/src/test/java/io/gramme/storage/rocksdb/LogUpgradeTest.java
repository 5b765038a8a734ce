package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Durability;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.storage.engine.LogRows;
import io.gramme.storage.testkit.Walk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.RocksDBException;

/**
 * Data directories of format 2, in which log records are rows. The one in the resources was left by an engine of that
 * format when its process was killed: 30 transactions, of which the last ten are only in the write-ahead log. Each put an
 * item in tablespace 1 and two rows of an index in tablespace 3, one of them of the kind of log records, and appended to
 * logs in tablespaces 2 and 4. Two logs were trimmed, and tablespace 5 was dropped.
 */
@Timeout(240)
class LogUpgradeTest {
    private static final int TRANSACTIONS = 30;
    private static final PartitionKey LARGE = new PartitionKey(new TablespaceId(6), Bytes.utf8("large"));
    private static final int LARGE_RECORDS = 30;

    @TempDir
    Path parent;

    private Path unpacked(String name) throws IOException {
        Path directory = parent.resolve(name);
        InputStream packed = Objects.requireNonNull(getClass().getResourceAsStream("/data-directory-format-2.zip"));
        try (var zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(zip, file);
                }
            }
        }
        return directory;
    }

    private static RocksStore open(Path directory) {
        return RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system());
    }

    private static List<String> records(RowStore store, PartitionKey log) {
        return store.changes().read(log, LogPosition.START, Walk.AMPLE).records().stream()
                .map(LogRecord::value)
                .map(value -> new String(value.toArray(), StandardCharsets.UTF_8))
                .toList();
    }

    private static PartitionKey log(long tablespace, int shard) {
        return new PartitionKey(new TablespaceId(tablespace), Bytes.utf8("shard-" + shard));
    }

    private static List<String> names(int from, int step) {
        return Stream.iterate(from, i -> i < TRANSACTIONS, i -> i + step)
                .map(i -> "record " + i)
                .toList();
    }

    private static void assertHoldsWhatWasWritten(RowStore store) {
        for (int i = 0; i < TRANSACTIONS; i++) {
            assertThat(value(store, key(1, "p" + i % 5, "i" + i))).contains("item " + i);
            assertThat(value(store, key(3, "e" + i % 3, "i" + i))).contains("entry " + i);
            assertThat(value(store, key(3, "e" + i % 3, "\u007f" + i))).contains("near " + i);
        }
        assertThat(records(store, log(2, 0))).isEqualTo(names(6, 3));
        assertThat(records(store, log(2, 1))).isEqualTo(names(10, 3));
        assertThat(records(store, log(2, 2))).isEqualTo(names(2, 3));
        assertThat(records(store, log(4, 0)))
                .isEqualTo(IntStream.range(0, TRANSACTIONS)
                        .mapToObj(i -> "other " + i)
                        .toList());
        assertThat(records(store, log(5, 0))).isEmpty();
        for (PartitionKey log : List.of(log(2, 0), log(2, 1), log(2, 2), log(4, 0))) {
            assertThat(Walk.scan(store, log)).as("rows of a log").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everythingInADirectoryOfFormat2IsThereAfterItsUpgrade(Durability durability) throws IOException {
        Path directory = unpacked("data");
        var options = RocksStoreOptions.in(directory).with(durability);
        try (var store = RocksStore.open(options, InstantSource.system())) {
            assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 4\n");
            assertHoldsWhatWasWritten(store);
        }
        try (var store = RocksStore.open(options, InstantSource.system())) {
            assertHoldsWhatWasWritten(store);
            LogPosition complete = store.changes().complete();
            store.transact(
                    Set.of(), _ -> new Outcome<>(List.of(), List.of(new Append(log(2, 0), Bytes.utf8("later"))), true));
            assertThat(store.changes().read(log(2, 0), complete, Walk.AMPLE).records())
                    .hasSize(1);
            store.changes().trim(log(2, 0), complete);
            assertThat(records(store, log(2, 0))).containsExactly("later");
            store.drop(new TablespaceId(4));
            assertThat(records(store, log(4, 0))).isEmpty();
        }
    }

    /** Stops the process, as a crash does, before or after a call to the database. */
    private record Halting(GroupCommitter.Log log, AtomicReference<Integer> stepsLeft) implements GroupCommitter.Log {
        private void step() {
            if (stepsLeft.getAndUpdate(left -> left - 1) == 0) {
                Runtime.getRuntime().halt(1);
            }
        }

        @Override
        public void append(List<Commit> group) throws RocksDBException {
            step();
            log.append(group);
            step();
        }

        @Override
        public void sync() throws RocksDBException {
            step();
            log.sync();
            step();
        }
    }

    /** Opens a directory, and is stopped at a step; prints whether it came through. */
    static final class Upgrader {
        private Upgrader() {}

        public static void main(String[] arguments) {
            var options = RocksStoreOptions.in(Path.of(arguments[0])).with(Durability.valueOf(arguments[1]));
            var steps = new AtomicReference<>(Integer.parseInt(arguments[2]));
            RocksStore.open(options, InstantSource.system(), log -> new Halting(log, steps));
            System.out.println("open");
            Runtime.getRuntime().halt(0);
        }
    }

    private static boolean isUpgradedBefore(Path directory, Durability durability, int step) throws Exception {
        try (var child =
                ChildProcess.start(Upgrader.class, directory.toString(), durability.name(), Integer.toString(step))) {
            return child.readRest().contains("open");
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void anUpgradeThatACrashInterruptsAtAnyStepIsMadeAgain(Durability durability) throws Exception {
        int step = 0;
        boolean upgraded = false;
        while (!upgraded) {
            Path directory = unpacked("data" + step);
            upgraded = isUpgradedBefore(directory, durability, step);
            assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb " + (upgraded ? 4 : 2) + "\n");
            try (var store = open(directory)) {
                assertHoldsWhatWasWritten(store);
            }
            step++;
        }
        assertThat(step).as("two batches and a sync").isEqualTo(7);
    }

    @Tag("slow")
    @Test
    void alsoAnUpgradeInterruptedTwiceInOneLog() throws Exception {
        int step = 0;
        boolean upgraded = false;
        while (!upgraded) {
            Path directory = unpacked("data" + step);
            addALargeLog(directory);
            upgraded = isUpgradedBefore(directory, Durability.RELAXED, step);
            isUpgradedBefore(directory, Durability.RELAXED, 1);
            try (var store = open(directory)) {
                assertHoldsWhatWasWritten(store);
                assertThat(store.changes()
                                .read(LARGE, LogPosition.START, Walk.AMPLE)
                                .records())
                        .hasSize(LARGE_RECORDS);
                assertThat(Walk.scan(store, LARGE)).isEmpty();
            }
            step++;
        }
        assertThat(step).as("several batches").isGreaterThan(7);
    }

    /** Adds a log that is copied in several batches, as rows, which is where format 2 has it. */
    private static void addALargeLog(Path directory) throws Exception {
        var log = new AtomicReference<GroupCommitter.Log>();
        try (var _ = RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system(), database -> {
            log.set(database);
            return database;
        })) {
            // The committer is idle, so that this thread may append.
            for (int i = 0; i < LARGE_RECORDS; i++) {
                long version = i + 1L;
                var append = new Append(LARGE, Bytes.wrap(new byte[100_000]));
                var outcome = new Outcome<>(List.of(), List.of(append), true);
                for (Write.Put record : LogRows.records(outcome, version)) {
                    log.get()
                            .append(List.of(new Commit(
                                    List.of(new Change.Put(
                                            Family.ROWS, RowCodec.key(record.key()), version, record.value())),
                                    version)));
                }
            }
        }
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 2\n");
    }

    @Test
    void aDirectoryWithoutLogsIsUpgradedWithoutAWrite() throws IOException {
        Path directory = parent.resolve("data");
        try (var store = open(directory)) {
            put(store, key(1, "p", "i"), "value");
        }
        Files.writeString(directory.resolve("FORMAT"), "gramme-rocksdb 2\n");
        try (var store = RocksStore.open(
                RocksStoreOptions.in(directory), InstantSource.system(), log -> new GroupCommitter.Log() {
                    @Override
                    public void append(List<Commit> group) {
                        throw new AssertionError("written");
                    }

                    @Override
                    public void sync() throws RocksDBException {
                        log.sync();
                    }
                })) {
            assertThat(value(store, key(1, "p", "i"))).contains("value");
        }
        assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 4\n");
    }
}
