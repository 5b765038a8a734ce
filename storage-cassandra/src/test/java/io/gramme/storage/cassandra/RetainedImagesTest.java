package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PastRow;
import io.gramme.storage.PastRows;
import io.gramme.storage.Range;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.cassandra.Cql.Losses.Loss;
import io.gramme.storage.cassandra.FailPoints.Step;
import io.gramme.storage.testkit.CountedRow;
import io.gramme.storage.testkit.RetainedHistory;
import io.gramme.storage.testkit.Threads;
import io.gramme.storage.testkit.Verbs;
import io.gramme.storage.testkit.Walk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Images are there exactly where the rows are, on servers that die, lose answers, and write at once. */
@Tag("cluster")
@Timeout(240)
class RetainedImagesTest {
    private static final RowKey ROW = key(1, "p", "i");
    private static final RowKey BESIDE = key(1, "p", "j");
    private static final RowKey OTHER = key(1, "q", "i");
    private static final RowKey OLD_ENTRY = key(2, "old", "i");
    private static final RowKey NEW_ENTRY = key(2, "new", "i");
    private static final List<RowKey> ALL = List.of(ROW, BESIDE, OTHER, OLD_ENTRY, NEW_ENTRY);
    private static final Duration KEEP = Duration.ofDays(1);

    /** After which a transaction may be ended by others. */
    private static final Duration LIFE = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long shift = TestKeyspace.newShift();
    private final List<Shifted> servers = List.of(server(FailPoints.NONE), server(FailPoints.NONE));

    private Shifted server(FailPoints steps) {
        CassandraOptions options = TestKeyspace.options();
        return new Shifted(
                TestKeyspace.server(
                        options.waiting(options.requestTimeout(), options.patience(), LIFE),
                        InstantSource.system(),
                        steps),
                shift);
    }

    /** What other tests left would hold up the complete position. */
    @BeforeEach
    void recover() {
        recover(LogPosition.START);
    }

    @AfterEach
    void close() {
        servers.forEach(Shifted::close);
    }

    private RowStore server(int thread) {
        return servers.get(thread % servers.size());
    }

    /** Writes rows and retains them as they were; those without a value are deleted. */
    private static void change(
            RowStore server, Set<RowKey> reads, Map<RowKey, Optional<String>> values, Map<RowKey, String> before) {
        server.transact(reads, _ -> {
            List<Write> writes = new ArrayList<>();
            List<Retained> images = new ArrayList<>();
            values.forEach((key, value) -> {
                writes.add(value.<Write>map(text -> put(key, text)).orElseGet(() -> new Write.Delete(key)));
                images.add(
                        new Retained(key, Optional.ofNullable(before.get(key)).map(Bytes::utf8), KEEP));
            });
            return new Outcome<>(writes, List.of(), images, true);
        });
    }

    private void putOld() {
        change(
                server(0),
                Set.of(ROW, OTHER),
                Map.of(ROW, Optional.of("old"), OTHER, Optional.of("old"), OLD_ENTRY, Optional.of("old")),
                Map.of());
    }

    private static final Map<RowKey, String> OLD = Map.of(ROW, "old", OTHER, "old", OLD_ENTRY, "old");

    private static Map<RowKey, Optional<String>> changes(boolean severalPartitions) {
        Map<RowKey, Optional<String>> changes = new HashMap<>(Map.of(
                ROW,
                Optional.of("new"),
                BESIDE,
                Optional.of("new"),
                OLD_ENTRY,
                Optional.empty(),
                NEW_ENTRY,
                Optional.of("new")));
        if (severalPartitions) {
            changes.put(OTHER, Optional.empty());
        }
        return changes;
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"HINT", "COMMIT", "DELIVER", "FORGET_NOTE", "FORGET_HINT"})
    void aTransactionInOnePartitionThatStopsLeavesItsImagesOnceOrNotAtAll(Step last) {
        stopBefore(last, false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = Mode.EXCLUDE,
            names = {"COMMIT", "FORGET_NOTE", "FORGET_HINT"})
    void aTransactionOverSeveralPartitionsThatStopsLeavesItsImagesOnceOrNotAtAll(Step last) {
        stopBefore(last, true);
    }

    private void stopBefore(Step last, boolean severalPartitions) {
        putOld();
        LogPosition at = server(0).changes().complete();
        Shifted mortal = server(step -> {
            if (step == last) {
                throw new Mortal.Died(step);
            }
        });
        Map<RowKey, Optional<String>> changes = changes(severalPartitions);
        Set<RowKey> reads = severalPartitions ? Set.of(ROW, OTHER) : Set.of(ROW);
        try {
            change(mortal, reads, changes, OLD);
        } catch (Mortal.Died _) {
            // Some steps are behind the caller's back, and not all transactions have every step.
        }
        // As soon as it has stopped, and after it was finished.
        assertStateIsOld(server(1), at);
        recover(at);
        assertStateIsOld(server(0), at);
        boolean isMade = value(server(1), ROW).equals(Optional.of("new"));
        assertThat(isMade).as("made before %s", last).isEqualTo(isCommittedBefore(last));
        for (RowKey key : changes.keySet()) {
            Optional<String> before = Optional.ofNullable(OLD.get(key));
            assertThat(images(key, at).stream().map(RetainedImagesTest::text))
                    .as("images of %s", key)
                    .isEqualTo(isMade ? List.of(before) : List.of());
            assertThat(value(server(1), key)).isEqualTo(isMade ? changes.get(key) : before);
        }
    }

    private static boolean isCommittedBefore(Step step) {
        return switch (step) {
            case HINT, COMMIT, BEGIN, PREPARE, DECIDE -> false;
            case APPLY, DELIVER, FORGET_NOTE, FORGET_HINT, RAISE_WATERMARK, FORGET_RECORD -> true;
        };
    }

    private static Optional<String> text(PastRow image) {
        return image.before().map(value -> Verbs.text(new Row(image.key(), value, 0)));
    }

    /** All images of a row after a position. */
    private List<PastRow> images(RowKey key, LogPosition after) {
        List<PastRow> images = new ArrayList<>();
        Optional<PastRow> next = server(1).history().first(key, after);
        while (next.isPresent()) {
            images.add(next.get());
            next = server(1).history().first(key, LogPosition.behind(next.get().changed()));
        }
        return images;
    }

    private static void assertStateIsOld(RowStore server, LogPosition at) {
        var past = new PastRows(server, at);
        for (RowKey key : ALL) {
            Optional<String> expected = Optional.ofNullable(OLD.get(key));
            assertThat(past.get(key).map(Verbs::text)).as("%s", key).isEqualTo(expected);
        }
        for (RowKey key : List.of(ROW, OTHER, OLD_ENTRY, NEW_ENTRY)) {
            for (Direction direction : Direction.values()) {
                assertThat(past.scan(key.partition(), Walk.EVERYTHING, direction, Walk.AMPLE)
                                .rows())
                        .extracting(Row::key)
                        .isEqualTo(OLD.containsKey(key) ? List.of(key) : List.of());
            }
        }
        for (long tablespace = 1; tablespace <= 2; tablespace++) {
            var id = new TablespaceId(tablespace);
            assertThat(past.sweep(HashRange.whole(id, 'i'), Walk.AMPLE).rows())
                    .extracting(Row::key)
                    .containsExactlyInAnyOrderElementsOf(OLD.keySet().stream()
                            .filter(key -> key.partition().tablespace().equals(id))
                            .toList());
        }
    }

    /** Finishes everything that was left: until a new commit is below the complete position. */
    private void recover(LogPosition at) {
        RowKey mark = key(3, "mark", "i");
        change(server(0), Set.of(mark), Map.of(mark, Optional.of("mark")), Map.of());
        long version = row(server(0), mark).orElseThrow().version();
        assertThat(version).isGreaterThan(at.version());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server(1).changes().complete().version() < version) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            servers.get(1).store().recoverAll();
            LockSupport.parkNanos(LIFE.toNanos() / 4);
        }
    }

    @Test
    void changesOfTwoServersLeaveAnImageEach() {
        var row = new CountedRow(ROW);
        Threads.run(4, thread -> {
            for (int i = 0; i < 10; i++) {
                row.increment(server(thread));
            }
        });
        assertThat(row.checkTogether(server(0))).isBetween(1L, 40L);
        assertThat(value(server(0), ROW)).contains("40");
    }

    /** Every fifth conditional write fails, and half of those have been made. */
    @Test
    void imagesOfCommitsWhoseAnswersWereLostAreNotLost() {
        var random = new Random(5);
        Cql lossy = TestKeyspace.cql().with(() -> {
            synchronized (random) {
                return random.nextInt(5) > 0 ? Loss.NOTHING : random.nextBoolean() ? Loss.REQUEST : Loss.ANSWER;
            }
        });
        var store = CassandraStore.on(lossy, TestKeyspace.options(), InstantSource.system(), FailPoints.NONE);
        new RetainedHistory(5, Integer.getInteger("gramme.history.positions", 5))
                .run(new Shifted(store, TestKeyspace.newShift()));
    }

    /** A row with more images than one answer of Cassandra holds, between others. */
    @Test
    void aRowThatChangedVeryOftenIsPassedOver() {
        RowStore server = server(0);
        RowKey last = key(1, "p", "k");
        change(server, Set.of(ROW), Map.of(ROW, Optional.of("0"), last, Optional.of("0")), Map.of());
        LogPosition start = server.changes().complete();
        var often = new CountedRow(BESIDE);
        for (int i = 0; i < 70; i++) {
            often.increment(server);
        }
        LogPosition middle = server.changes().complete();
        for (int i = 0; i < 70; i++) {
            often.increment(server);
        }
        change(server, Set.of(ROW), Map.of(ROW, Optional.empty(), last, Optional.empty()), Map.of(ROW, "0", last, "0"));
        for (int rows : List.of(1, 2, 100)) {
            var budget = new Budget(rows, Long.MAX_VALUE);
            for (Direction direction : Direction.values()) {
                assertThat(scan(server, start, direction, budget)).containsExactlyInAnyOrder("i=0", "k=0");
                assertThat(scan(server, middle, direction, budget)).containsExactlyInAnyOrder("i=0", "j=70", "k=0");
            }
        }
        assertThat(new PastRows(server, middle)
                        .sweep(HashRange.whole(new TablespaceId(1), 'j'), Walk.AMPLE)
                        .rows())
                .extracting(Verbs::text)
                .containsExactly("70");
        assertThat(often.check(server)).isEqualTo(140);
    }

    private static List<String> scan(RowStore server, LogPosition at, Direction direction, Budget budget) {
        var past = new PastRows(server, at);
        List<String> found = new ArrayList<>();
        var range = Walk.EVERYTHING;
        while (true) {
            var page = past.scan(ROW.partition(), range, direction, budget);
            page.rows()
                    .forEach(row -> found.add(
                            new String(row.key().sort().shared(), StandardCharsets.UTF_8) + "=" + Verbs.text(row)));
            if (page.exhausted()) {
                return found;
            }
            Bytes last = page.rows().getLast().key().sort();
            range = switch (direction) {
                case FORWARD -> new Range(last.next(), range.to());
                case BACKWARD -> new Range(range.from(), Optional.of(last));
            };
        }
    }

    @Test
    void anImageIsGoneWhenItsTimeHasPassed() {
        RowStore server = server(0);
        put(server, ROW, "old");
        LogPosition at = server.changes().complete();
        server.transact(Set.of(ROW), current -> {
            var image = new Retained(ROW, Transition.row(current, ROW).map(Row::value), Duration.ZERO);
            var entry = new Retained(NEW_ENTRY, Optional.empty(), Duration.ZERO);
            return new Outcome<>(
                    List.of(put(ROW, "new"), put(NEW_ENTRY, "new")), List.of(), List.of(image, entry), true);
        });
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!images(ROW, at).isEmpty() || !images(NEW_ENTRY, at).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(LIFE.toNanos());
        }
        assertThat(value(server, ROW)).contains("new");
        assertThat(value(server, NEW_ENTRY)).contains("new");
    }
}
