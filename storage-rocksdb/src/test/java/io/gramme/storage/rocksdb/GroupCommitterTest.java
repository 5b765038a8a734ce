package io.gramme.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import io.gramme.storage.testkit.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rocksdb.RocksDBException;

@Timeout(60)
class GroupCommitterTest {
    private static final Optional<Duration> EACH_GROUP = Optional.empty();

    /** A log on the heap, which waits and fails when told to. */
    private static final class FakeLog implements GroupCommitter.Log {
        final List<List<Commit>> groups = Collections.synchronizedList(new ArrayList<>());
        final Semaphore appends = new Semaphore(0);
        final CountDownLatch appending = new CountDownLatch(1);
        final AtomicInteger syncs = new AtomicInteger();
        volatile boolean failing;
        volatile boolean syncFailing;

        @Override
        public void append(List<Commit> group) throws RocksDBException {
            appending.countDown();
            appends.acquireUninterruptibly();
            if (failing) {
                throw new RocksDBException("no space left");
            }
            groups.add(List.copyOf(group));
        }

        @Override
        public void sync() throws RocksDBException {
            if (failing || syncFailing) {
                throw new RocksDBException("disk is gone");
            }
            syncs.incrementAndGet();
        }

        List<Long> versions() {
            return groups.stream().flatMap(List::stream).map(Commit::version).toList();
        }

        void open() {
            appends.release(Integer.MAX_VALUE / 2);
        }
    }

    private final FakeLog log = new FakeLog();

    private GroupCommitter committer(Optional<Duration> syncInterval) {
        var committer = new GroupCommitter("test-committer", log, syncInterval, _ -> {});
        committer.start();
        return committer;
    }

    private static Commit commit(long version) {
        return commit(version, 10);
    }

    private static Commit commit(long version, int bytes) {
        return new Commit(List.of(new Change.Put(Family.ROWS, Bytes.EMPTY, 0, Bytes.wrap(new byte[bytes]))), version);
    }

    /** Starts so many commits behind one that the log is busy with. */
    private List<Thread> queueBehindABusyLog(GroupCommitter committer, int count, int bytes) throws Exception {
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.startVirtualThread(() -> committer.commit(commit(0))));
        log.appending.await();
        for (int i = 1; i <= count; i++) {
            int version = i;
            Thread thread = Thread.startVirtualThread(() -> committer.commit(commit(version, bytes)));
            threads.add(thread);
            while (thread.getState() != Thread.State.WAITING) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
        }
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void aCommitReturnsWhenItIsInTheLog() {
        log.open();
        try (var committer = committer(EACH_GROUP)) {
            committer.commit(commit(1));
            assertThat(log.versions()).containsExactly(1L);
        }
    }

    @Test
    void whatGathersWhileTheLogIsBusyBecomesOneGroupInTheOrderItCame() throws Exception {
        try (var committer = committer(EACH_GROUP)) {
            List<Thread> threads = queueBehindABusyLog(committer, 20, 10);
            log.open();
            join(threads);
        }
        assertThat(log.groups).extracting(List::size).containsExactly(1, 20);
        assertThat(log.versions()).isSorted();
    }

    @Test
    void aGroupDoesNotGrowWithoutBound() throws Exception {
        try (var committer = committer(EACH_GROUP)) {
            List<Thread> threads = queueBehindABusyLog(committer, 20, 1 << 20);
            log.open();
            join(threads);
        }
        assertThat(log.groups).extracting(List::size).containsExactly(1, 8, 8, 4);
    }

    @Test
    void aFailureReachesEveryCommitOfItsGroupAndEveryLaterOne() {
        log.open();
        log.failing = true;
        var failures = new AtomicInteger();
        try (var committer = committer(EACH_GROUP)) {
            Threads.run(10, thread -> {
                assertThatThrownBy(() -> committer.commit(commit(thread)))
                        .isInstanceOf(StorageException.class)
                        .hasRootCauseMessage("no space left");
                failures.incrementAndGet();
            });
            log.failing = false;
            assertThatThrownBy(() -> committer.commit(commit(99))).isInstanceOf(StorageException.class);
        }
        assertThat(failures).hasValue(10);
        assertThat(log.groups).as("nothing is written after a failure").isEmpty();
    }

    @Test
    void anErrorOfTheMachineIsAFailureToo() {
        GroupCommitter.Log broken = new GroupCommitter.Log() {
            @Override
            public void append(List<Commit> group) {
                throw new OutOfMemoryError("no memory for a batch");
            }

            @Override
            public void sync() {}
        };
        try (var committer = new GroupCommitter("test-committer", broken, EACH_GROUP, _ -> {})) {
            committer.start();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> committer.commit(commit(1)))
                        .isInstanceOf(StorageException.class)
                        .hasRootCauseInstanceOf(OutOfMemoryError.class);
            }
        }
    }

    @Test
    void aGroupThatIsSyncedByTheLogIsNotSyncedAgain() {
        log.open();
        try (var committer = committer(EACH_GROUP)) {
            committer.commit(commit(1));
        }
        assertThat(log.syncs).hasValue(0);
    }

    @Test
    void relaxedCommitsAreSyncedWhenTheIntervalHasPassedAndNotWithoutNeed() {
        log.open();
        try (var committer = committer(Optional.of(Duration.ofMillis(20)))) {
            committer.commit(commit(1));
            while (log.syncs.get() == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            assertThat(log.syncs).hasValue(1);
        }
        assertThat(log.syncs).hasValue(1);
    }

    @Test
    void relaxedCommitsAreSyncedAtIntervalsUnderLoadToo() {
        log.open();
        try (var committer = committer(Optional.of(Duration.ofMillis(1)))) {
            while (log.syncs.get() < 3) {
                committer.commit(commit(1));
            }
        }
    }

    @Test
    void closingSyncsWhatIsNotSynced() {
        log.open();
        try (var committer = committer(Optional.of(Duration.ofHours(1)))) {
            committer.commit(commit(1));
            assertThat(log.syncs).hasValue(0);
        }
        assertThat(log.syncs).hasValue(1);
    }

    @Test
    void afterASyncInTheBackgroundFailedNothingIsAcknowledged() {
        log.open();
        try (var committer = committer(Optional.of(Duration.ofMillis(5)))) {
            committer.commit(commit(1));
            log.failing = true;
            assertThatThrownBy(() -> {
                        while (true) {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                            committer.commit(commit(2));
                        }
                    })
                    .isInstanceOf(StorageException.class);
            log.failing = false;
            assertThatThrownBy(() -> committer.commit(commit(3))).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void afterASyncInTheBackgroundFailedNoTaskTakesTheLogForWhole() {
        log.open();
        log.syncFailing = true;
        try (var committer = committer(Optional.of(Duration.ofMillis(1)))) {
            committer.commit(commit(1));
            while (committer.failure().isEmpty()) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            var ran = new AtomicBoolean();
            assertThatThrownBy(() -> committer.between(() -> ran.getAndSet(true)))
                    .isInstanceOf(StorageException.class)
                    .hasRootCauseMessage("disk is gone");
            assertThat(ran).isFalse();
        }
    }

    @Test
    void anInterruptedThreadWaitsForItsCommitAndStaysInterrupted() throws Exception {
        var interrupted = new AtomicBoolean();
        try (var committer = committer(EACH_GROUP)) {
            Thread waiting = Thread.startVirtualThread(() -> {
                committer.commit(commit(1));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            log.appending.await();
            waiting.interrupt();
            assertThat(waiting.join(Duration.ofMillis(50))).isFalse();
            log.open();
            waiting.join();
        }
        assertThat(interrupted).isTrue();
    }

    @Test
    void closingWritesWhatWasQueued() throws Exception {
        var committer = committer(EACH_GROUP);
        List<Thread> threads = queueBehindABusyLog(committer, 5, 10);
        Thread closing = Thread.startVirtualThread(committer::close);
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        log.open();
        closing.join();
        join(threads);
        assertThat(log.versions()).hasSize(6);
    }
}
