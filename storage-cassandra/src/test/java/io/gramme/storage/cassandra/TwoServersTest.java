package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.increment;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putAll;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.snapshot;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.cassandra.FailPoints.Step;
import io.gramme.storage.testkit.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that know nothing of each other, and want the same rows. */
@Tag("cluster")
@Timeout(240)
class TwoServersTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 12;
    private static final List<RowKey> ACCOUNTS = IntStream.range(0, 6)
            .mapToObj(i -> key(1 + i % 2, "account" + i / 2, "i"))
            .toList();
    private static final long OPENING = 100;
    private static final RowKey HELD = key(1, "p", "i");
    private static final RowKey ALSO_HELD = key(2, "q", "i");

    private final long shift = TestKeyspace.newShift();
    private final List<Shifted> servers = List.of(server(FailPoints.NONE), server(FailPoints.NONE));

    private Shifted server(FailPoints steps) {
        return new Shifted(TestKeyspace.server(TestKeyspace.options(), InstantSource.system(), steps), shift);
    }

    @AfterEach
    void close() {
        servers.forEach(Shifted::close);
    }

    private RowStore server(int thread) {
        return servers.get(thread % servers.size());
    }

    @Test
    void incrementsOfOneRowLoseNothing() {
        RowKey counter = key(1, "p", "i");
        Threads.run(THREADS, thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                increment(server(thread), counter);
            }
        });
        assertThat(number(row(server(0), counter))).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void transfersKeepTheTotalAndEverySnapshotShowsIt() {
        putAll(server(0), ACCOUNTS.stream().collect(Collectors.toMap(it -> it, _ -> Long.toString(OPENING))));
        Threads.run(THREADS, thread -> {
            var random = new Random(thread);
            for (int i = 0; i < ROUNDS; i++) {
                transfer(server(thread), pick(random), pick(random), random.nextInt(20));
                assertThat(total(snapshot(server(thread + 1), Set.copyOf(ACCOUNTS))))
                        .isEqualTo(OPENING * ACCOUNTS.size());
            }
        });
        assertThat(total(snapshot(server(0), Set.copyOf(ACCOUNTS)))).isEqualTo(OPENING * ACCOUNTS.size());
    }

    private static RowKey pick(Random random) {
        return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    private static void transfer(RowStore server, RowKey from, RowKey to, int amount) {
        if (from.equals(to)) {
            return;
        }
        server.transact(Set.of(from, to), current -> {
            String less = Long.toString(number(Transition.row(current, from)) - amount);
            String more = Long.toString(number(Transition.row(current, to)) + amount);
            return new Outcome<>(List.of(put(from, less), put(to, more)), amount);
        });
    }

    private static long total(Map<RowKey, String> balances) {
        return balances.values().stream().mapToLong(Long::parseLong).sum();
    }

    /** A server that dies before this step of a transaction that writes two rows in two partitions. */
    private void dieBefore(Step last) {
        Shifted mortal = server(step -> {
            if (step == last) {
                throw new Mortal.Died(step);
            }
        });
        assertThatThrownBy(() -> putAll(mortal, Map.of(HELD, "new", ALSO_HELD, "new")))
                .isInstanceOf(Mortal.Died.class);
    }

    @Test
    void whatAnUndecidedTransactionHoldsIsReadAsItWasAndCannotBeWritten() {
        putAll(server(0), Map.of(HELD, "old", ALSO_HELD, "old"));
        dieBefore(Step.DECIDE);
        assertThat(value(server(0), HELD)).contains("old");
        assertThatThrownBy(() -> increment(impatient(), HELD)).isInstanceOf(ContentionException.class);
    }

    private Shifted impatient() {
        CassandraOptions options = TestKeyspace.options();
        return new Shifted(
                TestKeyspace.server(
                        options.waiting(options.requestTimeout(), Duration.ofMillis(100), options.transactionLife()),
                        InstantSource.system(),
                        FailPoints.NONE),
                shift);
    }

    @Test
    void whoReadsSeveralRowsDoesNotWaitForATransactionThatHoldsThem() {
        putAll(server(0), Map.of(HELD, "old", ALSO_HELD, "old"));
        dieBefore(Step.DECIDE);
        assertThat(snapshot(impatient(), Set.of(HELD, ALSO_HELD)).values()).containsExactly("old", "old");
        assertThatThrownBy(() -> putAll(impatient(), Map.of(HELD, "newer", ALSO_HELD, "newer")))
                .isInstanceOf(ContentionException.class);
    }

    /** A row, and one in a partition that its transaction does not name. */
    private static void putWithEntry(RowStore server) {
        RowKey entry = key(2, "entry", "i");
        server.transact(Set.of(HELD), _ -> new Outcome<>(List.of(put(HELD, "row"), put(entry, "its entry")), true));
    }

    @Test
    void howLongAnEntryHasBeenMissingIsSeenByAnotherServer() throws InterruptedException {
        Shifted mortal = server(step -> {
            if (step == Step.DELIVER) {
                throw new Mortal.Died(step);
            }
        });
        assertThatThrownBy(() -> putWithEntry(mortal)).isInstanceOf(Mortal.Died.class);
        Thread.sleep(200);
        assertThat(server(0).lag()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    /** Has what was left behind be recovered until everything up to a row's last write can be read from logs, for half a minute. */
    private boolean isCompleteUpTo(RowKey written, Shifted recovering) throws InterruptedException {
        long version = row(server(0), written).orElseThrow().version();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server(0).changes().complete().version() < version) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(200);
            recovering.store().recoverAll();
        }
        return true;
    }

    @Test
    void aHintThatCouldNotBeDeletedHoldsUpOthersUntilItIsRecovered() throws InterruptedException {
        put(server(0), HELD, Bytes.utf8("first"));
        assertThat(isCompleteUpTo(HELD, servers.getFirst()))
                .as("what other tests left")
                .isTrue();
        var cannotDelete = new AtomicBoolean(true);
        Shifted one = server(step -> {
            if (step == Step.FORGET_HINT && cannotDelete.get()) {
                throw new Mortal.Died(step);
            }
        });
        putWithEntry(one);
        long version = row(one, HELD).orElseThrow().version();
        Thread.sleep(2_500);
        // It does not wait for what it is done with, and looks for hints above all of that from now on.
        assertThat(one.changes().complete().version()).isGreaterThanOrEqualTo(version);
        assertThat(server(0).changes().complete().version()).isLessThan(version);
        cannotDelete.set(false);
        assertThat(isCompleteUpTo(HELD, one)).isTrue();
    }

    @Test
    void whatACommittedTransactionHasNotAppliedIsReadAsItWillBe() {
        putAll(server(0), Map.of(HELD, "old", ALSO_HELD, "old"));
        dieBefore(Step.APPLY);
        assertThat(snapshot(server(1), Set.of(HELD, ALSO_HELD)).values()).containsExactly("new", "new");
        assertThat(value(server(0), HELD)).contains("new");
        assertThat(value(server(1), ALSO_HELD)).contains("new");
        put(server(1), HELD, Bytes.utf8("newer"));
        assertThat(value(server(0), HELD)).contains("newer");
        assertThat(value(server(0), ALSO_HELD)).contains("new");
    }

    @Test
    void aTransactionThatMakesNewRowsIsDoneInAPartitionThatAnotherServerGoesOnWriting() {
        RowKey hot = key(1, "hot", "i");
        RowKey other = key(2, "other", "i");
        var done = new AtomicBoolean();
        Threads.run(2, thread -> {
            if (thread > 0) {
                while (!done.get()) {
                    increment(server(1), hot);
                }
                return;
            }
            try {
                for (int i = 0; i < 3; i++) {
                    makeStampedRows(key(1, "hot", "new" + i), other);
                }
            } finally {
                done.set(true);
            }
        });
        Row last = row(server(1), key(1, "hot", "new2")).orElseThrow();
        assertThat(last.version()).isEqualTo(last.value().longAt(0));
    }

    private void makeStampedRows(RowKey fresh, RowKey other) {
        server(0).transact(Set.of(fresh, other), (Transition.Versioned<Boolean>) (current, version) -> {
            assertThat(Transition.row(current, fresh)).isEmpty();
            Bytes value = Bytes.ofLong(version);
            return new Outcome<>(List.of(new Write.Put(fresh, value), new Write.Put(other, value)), true);
        });
    }
}
