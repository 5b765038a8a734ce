package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.delete;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.testkit.SmallDisk;
import io.gramme.storage.testkit.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store on a disk that becomes full: writes are refused, reads go on, and writes are taken again when there is
 * space.
 */
@Tag("slow")
@Timeout(120)
class FullDiskTest {
    private static final int DISK_MEGABYTES = 64;
    private static final long RESERVE = 16L << 20;
    private static final int ROW_BYTES = 50_000;

    @TempDir
    Path parent;

    private SmallDisk disk;

    @BeforeEach
    void mount() throws IOException {
        Optional<SmallDisk> mounted = SmallDisk.mount(parent, DISK_MEGABYTES);
        assumeTrue(mounted.isPresent(), "a small disk cannot be mounted here: that needs Linux and root");
        disk = mounted.get();
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    private RocksStore open(long reserve) {
        var options = RocksStoreOptions.in(parent.resolve("data"))
                .withWriteBuffers(4 << 20)
                .withReserve(OptionalLong.of(reserve));
        return RocksStore.open(options, InstantSource.system());
    }

    private static RowKey row(int n) {
        return key(1, "p" + n, "i");
    }

    private static void write(RocksStore store, int n) {
        byte[] content = new byte[ROW_BYTES];
        new Random(n).nextBytes(content);
        put(store, row(n), Bytes.wrap(content));
    }

    /** Returns how many rows were acknowledged before a write was refused. */
    private static int fill(RocksStore store, int from) {
        int n = from;
        while (true) {
            try {
                write(store, n);
                n++;
            } catch (OutOfSpaceException _) {
                return n;
            }
        }
    }

    private static void requireAll(RocksStore store, int rows) {
        for (int n = 0; n < rows; n++) {
            assertThat(value(store, row(n))).as("row " + n).isPresent();
        }
    }

    private static void awaitWrites(RocksStore store) {
        long begin = System.nanoTime();
        while (store.writesRefused().isPresent()) {
            assertThat(System.nanoTime() - begin).as("waited").isLessThan(TimeUnit.SECONDS.toNanos(30));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** As a client does: a compaction that is under way may take up what is left for a moment. */
    private static void retry(Runnable write) {
        long begin = System.nanoTime();
        while (true) {
            try {
                write.run();
                return;
            } catch (OutOfSpaceException e) {
                if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(30)) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    @Test
    void writesStopAtTheReserveAndReadsGoOnAndWritesResumeWithoutARestart() throws IOException {
        try (var store = open(RESERVE)) {
            disk.leave(RESERVE + (6 << 20));
            int rows = fill(store, 0);
            assertThat(rows).isGreaterThan(20);
            assertThat(disk.freeBytes()).isBetween(RESERVE / 2, RESERVE);
            assertThat(store.writesRefused()).get().asString().contains("disk is full", "reserve=" + RESERVE);
            assertThat(store.disk().orElseThrow().full()).isTrue();
            assertThatThrownBy(() -> write(store, rows)).isInstanceOf(OutOfSpaceException.class);
            requireAll(store, rows);
            disk.release();
            awaitWrites(store);
            write(store, rows);
            requireAll(store, rows + 1);
            assertThat(store.disk().orElseThrow().full()).isFalse();
        }
    }

    @Test
    void whileTheReserveIsUsedDeletesAreTakenAndADropMakesRoom() throws IOException {
        try (var store = open(RESERVE)) {
            fill(store, 0);
            retry(() -> delete(store, row(0)));
            assertThat(value(store, row(0))).isEmpty();
            retry(() -> put(store, key(0, "catalog", "i"), "deleting"));
            retry(() -> store.drop(new TablespaceId(1)));
            awaitWrites(store);
            write(store, 0);
            assertThat(disk.freeBytes()).isGreaterThan(RESERVE);
        }
    }

    @Test
    void aDiskThatOthersFillLosesNothingAndIsWrittenAgainWhenThereIsSpace() throws IOException {
        int rows = 0;
        try (var store = open(RESERVE)) {
            for (int round = 0; round < 3; round++) {
                write(store, rows++);
                disk.leave(0);
                rows = fill(store, rows);
                requireAll(store, rows);
                while (store.disk().orElseThrow().freeBytes() > RESERVE / 4) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                assertThatThrownBy(() -> delete(store, row(0))).isInstanceOf(OutOfSpaceException.class);
                disk.release();
                awaitWrites(store);
                write(store, rows++);
                requireAll(store, rows);
            }
        }
        try (var store = open(RESERVE)) {
            requireAll(store, rows);
        }
    }

    @Test
    void aDiskThatIsFullToTheLastByteIsWrittenAgainWhenThereIsSpace() throws IOException {
        int rows = 0;
        try (var store = open(0)) {
            for (int round = 0; round < 3; round++) {
                disk.leave(3 << 20);
                rows = fill(store, rows);
                requireAll(store, rows);
                disk.release();
                awaitWrites(store);
                write(store, rows++);
                requireAll(store, rows);
            }
        }
        try (var store = open(0)) {
            requireAll(store, rows);
        }
    }

    @Test
    void manyWritersLoseNothingWhileTheDiskIsFullNowAndThen() throws IOException {
        var acknowledged = new ConcurrentLinkedQueue<Integer>();
        try (var store = open(0)) {
            disk.leave(2 << 20);
            Threads.run(9, writer -> {
                if (writer == 8) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
                    disk.release();
                    return;
                }
                for (int i = 0; i < 60; i++) {
                    int n = writer * 1000 + i;
                    try {
                        put(store, row(n), "value " + n + "x".repeat(3_000));
                        acknowledged.add(n);
                    } catch (OutOfSpaceException _) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
                    }
                }
            });
            awaitWrites(store);
            put(store, key(2, "after", "i"), "written afterwards");
            acknowledged.forEach(n -> assertThat(value(store, row(n))).isPresent());
        }
        try (var store = open(0)) {
            acknowledged.forEach(n -> assertThat(value(store, row(n))).isPresent());
        }
    }
}
