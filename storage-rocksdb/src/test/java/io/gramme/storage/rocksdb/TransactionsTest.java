package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What transactions make of rows that others have queued and not yet synced, with the log held up in between. */
@Timeout(60)
class TransactionsTest {
    private static final RowKey HOT = key(1, "p", "hot");

    @TempDir
    Path directory;

    private final Gauge gauge = new Gauge();
    private RocksStore store;

    /** Lets groups through to the database one by one, or makes the next one fail. */
    private static final class Gauge {
        final Semaphore permits = new Semaphore(0);
        final Semaphore waiting = new Semaphore(0);
        final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
        volatile boolean failing;

        GroupCommitter.Log before(GroupCommitter.Log database) {
            return new GroupCommitter.Log() {
                @Override
                public void append(List<Commit> group) throws RocksDBException {
                    waiting.release();
                    permits.acquireUninterruptibly();
                    if (failing) {
                        throw new RocksDBException("no space left");
                    }
                    groups.add(group.size());
                    database.append(group);
                }

                @Override
                public void sync() throws RocksDBException {
                    database.sync();
                }
            };
        }

        void open() {
            permits.release(Integer.MAX_VALUE / 2);
        }
    }

    @BeforeEach
    void open() {
        store = RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system(), gauge::before);
    }

    @AfterEach
    void close() {
        gauge.open();
        store.close();
    }

    /** Runs on a thread of its own; {@code decided} counts when its transition has run. */
    private <R> CompletableFuture<R> start(Transition<R> transition, CountDownLatch decided) {
        return CompletableFuture.supplyAsync(
                () -> store.transact(Set.of(HOT), (Transition.Versioned<R>) (current, version) -> {
                    try {
                        return transition.apply(current, version);
                    } finally {
                        decided.countDown();
                    }
                }),
                Thread::startVirtualThread);
    }

    private static Transition<Integer> increment() {
        return current -> {
            int next =
                    Transition.row(current, HOT).map(row -> row.value().at(0)).orElse(0) + 1;
            return new Outcome<>(List.of(new Write.Put(HOT, Bytes.of(next))), next);
        };
    }

    /** Starts a first write, and returns when the log has it in hand and holds it up. */
    private CompletableFuture<Integer> firstHeldUp() throws InterruptedException {
        var decided = new CountDownLatch(1);
        CompletableFuture<Integer> first = start(increment(), decided);
        gauge.waiting.acquire();
        return first;
    }

    @Test
    void writesOfOneRowBuildOnEachOtherAndShareASync() throws Exception {
        CompletableFuture<Integer> first = firstHeldUp();
        var decided = new CountDownLatch(20);
        var others = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 20; i++) {
            others.add(start(increment(), decided));
        }
        decided.await();
        assertThat(first).isNotDone();
        assertThat(others).noneMatch(CompletableFuture::isDone);
        gauge.open();
        assertThat(first.get()).isEqualTo(1);
        for (var other : others) {
            other.get();
        }
        assertThat(others)
                .extracting(CompletableFuture::join)
                .doesNotHaveDuplicates()
                .contains(2, 21);
        assertThat(row(store, HOT).map(Row::value)).contains(Bytes.of(21));
        assertThat(gauge.groups).hasSizeLessThan(10).startsWith(1);
    }

    @Test
    void aReaderSeesNothingBeforeItIsDurable() throws Exception {
        CompletableFuture<Integer> first = firstHeldUp();
        assertThat(row(store, HOT)).isEmpty();
        gauge.open();
        first.get();
        assertThat(row(store, HOT)).isPresent();
    }

    @Test
    void whoRefusesOrLeavesARowAsItIsWaitsForWhatItRead() throws Exception {
        CompletableFuture<Integer> first = firstHeldUp();
        var decided = new CountDownLatch(2);
        CompletableFuture<Optional<Row>> looker =
                start(current -> Outcome.unchanged(Transition.row(current, HOT)), decided);
        CompletableFuture<Integer> refuser = start(
                current -> {
                    throw new IllegalArgumentException(
                            "refused at " + Transition.row(current, HOT).isPresent());
                },
                decided);
        decided.await();
        assertThat(looker).isNotDone();
        assertThat(refuser).isNotDone();
        gauge.open();
        assertThat(looker.get()).isPresent();
        assertThatThrownBy(refuser::get)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refused at true");
        assertThat(first.get()).isEqualTo(1);
    }

    @Test
    void aDeletionIsBuiltOnAsWell() throws Exception {
        gauge.permits.release();
        put(store, HOT, "old");
        gauge.waiting.acquire();
        var decided = new CountDownLatch(1);
        CompletableFuture<Boolean> deleter = start(_ -> new Outcome<>(List.of(new Write.Delete(HOT)), true), decided);
        gauge.waiting.acquire();
        var decidedToo = new CountDownLatch(1);
        CompletableFuture<Integer> next = start(increment(), decidedToo);
        decidedToo.await();
        gauge.open();
        assertThat(deleter.get()).isTrue();
        assertThat(next.get()).isEqualTo(1);
    }

    @Test
    void versionsGrowAlongRowsThatAreNotThereYet() throws Exception {
        CompletableFuture<Integer> first = firstHeldUp();
        var seen = new AtomicInteger();
        var decided = new CountDownLatch(1);
        CompletableFuture<Long> second = start(
                current -> {
                    Row row = Transition.row(current, HOT).orElseThrow();
                    seen.set(row.value().at(0));
                    return new Outcome<>(List.of(new Write.Put(HOT, Bytes.of(9))), row.version());
                },
                decided);
        decided.await();
        gauge.open();
        first.get();
        long before = second.get();
        assertThat(seen).hasValue(1);
        assertThat(row(store, HOT).map(Row::version))
                .hasValueSatisfying(version -> assertThat(version).isGreaterThan(before));
    }

    @Test
    void whateverRestsOnALostWriteIsLostWithIt() throws Exception {
        CompletableFuture<Integer> first = firstHeldUp();
        var decided = new CountDownLatch(2);
        CompletableFuture<Integer> second = start(increment(), decided);
        CompletableFuture<Optional<Row>> looker =
                start(current -> Outcome.unchanged(Transition.row(current, HOT)), decided);
        decided.await();
        gauge.failing = true;
        gauge.open();
        for (CompletableFuture<?> each : List.of(first, second, looker)) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StorageException.class);
        }
        assertThat(row(store, HOT)).isEmpty();
    }

    @Test
    void aTransactionOverManyRowsReadsEachWhereItIs() throws Exception {
        RowKey stored = key(1, "q", "stored");
        RowKey none = key(1, "r", "none");
        gauge.permits.release();
        put(store, stored, "stored");
        gauge.waiting.acquire();
        CompletableFuture<Integer> first = firstHeldUp();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.submit(() -> store.transact(
                    Set.of(HOT, stored, none),
                    current -> Outcome.unchanged(List.of(
                            Transition.row(current, HOT).isPresent(),
                            Transition.row(current, stored).isPresent(),
                            Transition.row(current, none).isPresent()))));
            gauge.open();
            assertThat(all.get()).containsExactly(true, true, false);
        }
        first.get();
    }
}
