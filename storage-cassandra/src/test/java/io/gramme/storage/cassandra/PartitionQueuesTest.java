package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.cassandra.Cql.Losses.Loss;
import io.gramme.storage.testkit.Verbs;
import io.gramme.storage.testkit.Walk;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions that wait for one partition are committed together, and each is told its own. */
@Tag("cluster")
@Timeout(120)
class PartitionQueuesTest {
    private static final RowKey COUNTER = key(1, "p", "counter");
    private static final RowKey ENTRY = key(2, "q", "entry");
    private static final PartitionKey LOG = new PartitionKey(new TablespaceId(3), Bytes.utf8("log"));
    private static final int FOLLOWERS = 6;

    private final AtomicInteger conditionalWrites = new AtomicInteger();

    /** The commit, counted from now, before which the server fails. */
    private final AtomicInteger failing = new AtomicInteger();

    private final Shifted store = new Shifted(
            CassandraStore.on(
                    TestKeyspace.cql().with(() -> {
                        conditionalWrites.incrementAndGet();
                        return Loss.NOTHING;
                    }),
                    TestKeyspace.options(),
                    InstantSource.system(),
                    this::reach),
            TestKeyspace.newShift());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService pool = Executors.newCachedThreadPool(work -> {
        Thread thread = Thread.ofPlatform().unstarted(work);
        threads.add(thread);
        return thread;
    });

    private void reach(FailPoints.Step step) {
        if (step == FailPoints.Step.COMMIT && failing.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
            throw new Mortal.Died(step);
        }
    }

    @AfterEach
    void close() {
        end.countDown();
        pool.close();
        store.close();
    }

    /** The first transaction has its turn until it is let go. */
    private Future<Long> lead() throws InterruptedException {
        Future<Long> leader = pool.submit(() -> store.transact(Set.of(COUNTER), current -> {
            begun.countDown();
            await(end);
            return increment(number(Transition.row(current, COUNTER)));
        }));
        await(begun);
        return leader;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins another, and returns when it stands in line. */
    private <R> Future<R> follow(Transition<R> transition) throws InterruptedException {
        Future<R> follower = pool.submit(() -> store.transact(Set.of(COUNTER), transition));
        Thread thread = threads.getLast();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        return follower;
    }

    /** Hints that servers of other tests left in the keyspace hold up all its logs until they are recovered. */
    private List<LogRecord> completeLog() throws InterruptedException {
        LogPosition now = store.changes().latest();
        while (store.changes().complete().compareTo(now) < 0) {
            int _ = store.store().recoverAll();
            Thread.sleep(10);
        }
        return store.changes().read(LOG, LogPosition.START, Walk.AMPLE).records();
    }

    private static Outcome<Long> increment(long before) {
        return new Outcome<>(List.of(put(COUNTER, Long.toString(before + 1))), before + 1);
    }

    @Test
    void thoseWhoWaitAreCommittedAtOnceAndEachGoesOnFromWhatTheOneBeforeItLeaves() throws Exception {
        Future<Long> leader = lead();
        List<Future<Long>> followers = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            followers.add(follow(current -> increment(number(Transition.row(current, COUNTER)))));
        }
        end.countDown();
        assertThat(leader.get()).isEqualTo(1);
        for (int i = 0; i < FOLLOWERS; i++) {
            assertThat(followers.get(i).get()).isEqualTo(i + 2L);
        }
        assertThat(conditionalWrites).hasValue(2);
        assertThat(number(row(store, COUNTER))).isEqualTo(FOLLOWERS + 1L);
    }

    @Test
    void whoIsRefusedRefusesNobodyElse() throws Exception {
        Future<Long> leader = lead();
        Future<Long> before = follow(current -> increment(number(Transition.row(current, COUNTER))));
        Future<Long> refused = follow(current -> {
            throw new IllegalArgumentException("it is " + number(Transition.row(current, COUNTER)));
        });
        Future<Long> reader = follow(current -> Outcome.unchanged(number(Transition.row(current, COUNTER))));
        Future<Long> after = follow(current -> increment(number(Transition.row(current, COUNTER))));
        end.countDown();
        assertThat(leader.get()).isEqualTo(1);
        assertThat(before.get()).isEqualTo(2);
        assertThatThrownBy(refused::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is 2");
        assertThat(reader.get()).isEqualTo(2);
        assertThat(after.get()).isEqualTo(3);
        assertThat(number(row(store, COUNTER))).isEqualTo(3);
    }

    @Test
    void recordsComeInTheirOrderAndOfEntriesTheLastCounts() throws Exception {
        Future<Long> leader = lead();
        List<Future<Long>> followers = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            boolean stays = i % 2 == 1;
            followers.add(follow(current -> {
                long next = number(Transition.row(current, COUNTER)) + 1;
                Write entry = stays ? put(ENTRY, Long.toString(next)) : new Write.Delete(ENTRY);
                return new Outcome<>(
                        List.of(put(COUNTER, Long.toString(next)), entry),
                        List.of(new Append(LOG, Bytes.utf8(Long.toString(next)))),
                        next);
            }));
        }
        end.countDown();
        for (Future<Long> each : followers) {
            each.get();
        }
        assertThat(leader.get()).isEqualTo(1);
        assertThat(completeLog())
                .extracting(record -> record.value())
                .containsExactly(
                        Bytes.utf8("2"),
                        Bytes.utf8("3"),
                        Bytes.utf8("4"),
                        Bytes.utf8("5"),
                        Bytes.utf8("6"),
                        Bytes.utf8("7"));
        assertThat(number(row(store, ENTRY))).isEqualTo(7);
    }

    @Test
    void whatIsTooMuchForOneCommitTakesMore() throws Exception {
        Bytes large = Bytes.wrap(new byte[600_000]);
        Future<Long> leader = lead();
        List<Future<Boolean>> followers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RowKey own = key(1, "p", "large" + i);
            followers.add(follow(_ -> new Outcome<>(List.of(new Write.Put(own, large)), true)));
        }
        end.countDown();
        leader.get();
        for (int i = 0; i < followers.size(); i++) {
            assertThat(followers.get(i).get()).isTrue();
            assertThat(row(store, key(1, "p", "large" + i))).isPresent();
        }
        assertThat(conditionalWrites).hasValue(4);
    }

    @Test
    void aFaultOfOneIsNotThatOfTheOthers() throws Exception {
        Future<Long> leader = lead();
        Future<Long> faulty = follow(_ -> {
            throw new AssertionError("a fault of its own");
        });
        Future<Long> after = follow(current -> increment(number(Transition.row(current, COUNTER))));
        end.countDown();
        assertThat(leader.get()).isEqualTo(1);
        assertThatThrownBy(faulty::get).hasCauseInstanceOf(AssertionError.class);
        assertThat(after.get()).isEqualTo(2);
    }

    @Test
    void ifAGroupCannotBeCommittedAllOfItAreToldAndTheNextIsNotHindered() throws Exception {
        Future<Long> leader = lead();
        List<Future<Long>> followers = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            followers.add(follow(current -> increment(number(Transition.row(current, COUNTER)))));
        }
        failing.set(2);
        end.countDown();
        assertThat(leader.get()).isEqualTo(1);
        for (Future<Long> each : followers) {
            assertThatThrownBy(each::get).hasCauseInstanceOf(Mortal.Died.class);
        }
        assertThat(Verbs.increment(store, COUNTER)).isEqualTo(2);
    }
}
