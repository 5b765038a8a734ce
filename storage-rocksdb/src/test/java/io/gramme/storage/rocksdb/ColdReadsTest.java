package io.gramme.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Reads while the disk is slow, by the measure of {@link ReadPace}, and another read waits for it. */
class ColdReadsTest {
    private static final int ROWS = 200;

    @TempDir
    Path path;

    private final ReadThreads reads = new ReadThreads();
    private final CountDownLatch otherEnds = new CountDownLatch(1);
    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();

    private DataDirectory directory;
    private Database database;

    @BeforeEach
    void otherReadWaits() throws Exception {
        directory = DataDirectory.open(path);
        database = Database.open(directory, RocksStoreOptions.in(path), reads);
        var begun = new CountDownLatch(1);
        makeCold();
        var _ = virtual.submit(() -> reads.run(() -> {
            begun.countDown();
            await(otherEnds);
            return true;
        }));
        begun.await();
    }

    @AfterEach
    void close() {
        otherEnds.countDown();
        virtual.close();
        reads.close();
        database.close();
        directory.close();
    }

    private void makeCold() {
        for (int i = 0; i < 1000; i++) {
            reads.pace().ended(1_000_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T cold(Supplier<T> read) throws Exception {
        makeCold();
        return virtual.submit(read::get).get();
    }

    private static RowKey key(int number) {
        return new RowKey(new PartitionKey(new TablespaceId(1), Bytes.ofInt(number)), Bytes.of(1));
    }

    private void write(int from, int to) throws RocksDBException {
        for (int i = from; i < to; i++) {
            var put = new Change.Put(Family.ROWS, RowCodec.key(key(i)), i + 1, Bytes.utf8("row " + i));
            database.append(List.of(new Commit(List.of(put), i + 1)));
        }
    }

    private void flush() {
        database.reclaimAtOnce(Family.LOG, Bytes.ofLong(1), Bytes.ofLong(2));
    }

    @Test
    void readsFromFilesAndFromMemoryFindTheSameRows() throws Exception {
        write(0, ROWS);
        flush();
        write(ROWS, 2 * ROWS);
        for (int i = 0; i < 2 * ROWS; i++) {
            int number = i;
            var expected = Optional.of(new Row(key(i), Bytes.utf8("row " + i), i + 1));
            assertThat(cold(() -> database.row(key(number)))).isEqualTo(expected);
            assertThat(cold(() -> database.rowsInOrder(List.of(key(number))))).containsExactly(expected);
        }
    }

    @Test
    void aRowThatIsNowhereIsNotFound() throws Exception {
        write(0, ROWS);
        flush();
        for (int i = ROWS; i < 2 * ROWS; i++) {
            int number = i;
            assertThat(cold(() -> database.row(key(number)))).isEmpty();
        }
    }

    @Test
    void aReadOfAVirtualThreadRunsOnAThreadThatMayWait() throws Exception {
        assertThat(cold(() -> reads.run(() -> Thread.currentThread().isVirtual())))
                .isFalse();
    }

    @Test
    void warmReadsAndThoseOfPlatformThreadsStayInTheirThread() throws Exception {
        assertThat(reads.run(Thread::currentThread)).isSameAs(Thread.currentThread());
        for (int i = 0; i < 1000; i++) {
            reads.pace().ended(0);
        }
        assertThat(virtual.submit(() -> reads.run(() -> Thread.currentThread().isVirtual()))
                        .get())
                .isTrue();
    }

    @Test
    void aFailureOfAReadReachesItsCaller() {
        var failure = new StorageException("row cannot be read");
        assertThatThrownBy(() -> cold(() -> reads.run(() -> {
                    throw failure;
                })))
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
    }
}
