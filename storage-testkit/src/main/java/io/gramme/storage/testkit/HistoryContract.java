package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.PastRows;
import io.gramme.storage.Range;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chapter on the history of rows: what transactions retained gives the rows as of every earlier position. An engine
 * that keeps a history implements this beside the other chapters.
 */
public interface HistoryContract extends ContractSubject {
    RowKey ROW = key(ONE, "p", "i");
    Budget ONE_ROW = new Budget(1, Long.MAX_VALUE);
    Duration KEEP = Duration.ofDays(1);

    /** Keys of which some are prefixes of others, with the lowest and highest bytes, in all kinds. */
    List<RowKey> AWKWARD = awkward();

    /** The awkward rows to try, for an engine that cannot try all of them in a short time. */
    default List<RowKey> awkwardRows() {
        return AWKWARD;
    }

    /** How many positions to read while writes go on. */
    default int positions() {
        return 200;
    }

    /** Whether the engine may make concurrent changes of one row together, as one. */
    default boolean commitsTogether() {
        return false;
    }

    /** Whether the engine keeps images until the time has passed for which they were retained. */
    default boolean keepsUntilTimeHasPassed() {
        return false;
    }

    private static List<RowKey> awkward() {
        List<Bytes> partitions = Stream.concat(
                        SweepContract.COLLIDING.stream(),
                        Stream.of("", "\0", "\0\0", "a", "a\0", "ab").map(Bytes::utf8))
                .toList();
        int[] bytes = {0, 1, 0xfe, 0xff};
        List<Bytes> sorts = new ArrayList<>();
        for (int kind : List.of(0, I, J, 0xff)) {
            sorts.add(Bytes.of(kind));
            for (int second : bytes) {
                Bytes two = Bytes.of(kind).plus(Bytes.of(second));
                sorts.add(two);
                for (int third : bytes) {
                    sorts.add(two.plus(Bytes.of(third)));
                }
            }
        }
        return partitions.stream()
                .flatMap(partition -> sorts.stream().map(sort -> new RowKey(new PartitionKey(ONE, partition), sort)))
                .toList();
    }

    /** Writes rows, or deletes those without a value, as one transaction that retains them. */
    private static void change(RowStore store, Map<RowKey, Optional<Bytes>> values) {
        store.transact(values.keySet(), current -> {
            List<Write> writes = new ArrayList<>();
            List<Retained> retained = new ArrayList<>();
            values.forEach((key, value) -> {
                writes.add(value.<Write>map(it -> new Write.Put(key, it)).orElseGet(() -> new Write.Delete(key)));
                retained.add(new Retained(key, Transition.row(current, key).map(Row::value), KEEP));
            });
            return new Outcome<>(writes, List.of(), retained, true);
        });
    }

    private LogPosition write(RowKey key, String value) {
        change(store(), Map.of(key, Optional.of(Bytes.utf8(value))));
        return store().changes().complete();
    }

    private LogPosition remove(RowKey key) {
        change(store(), Map.of(key, Optional.empty()));
        return store().changes().complete();
    }

    /** What each kind of read finds at a position, which must be the same. */
    private Optional<String> valueAt(RowKey key, LogPosition at) {
        var past = new PastRows(store(), at);
        Optional<Row> found = past.get(key);
        assertThat(past.getAll(List.of(key, key))).containsExactly(found, found);
        for (Direction direction : Direction.values()) {
            assertThat(PastWalk.scan(past, key.partition(), Range.startingWith(key.sort()), direction, ONE_ROW))
                    .isEqualTo(found.stream().toList());
        }
        assertThat(PastWalk.sweep(past, HashRange.whole(ONE, key.sort().at(0)), ONE_ROW))
                .isEqualTo(found.stream().toList());
        found.ifPresent(row -> assertThat(row.version()).isLessThanOrEqualTo(at.version()));
        return found.map(Verbs::text);
    }

    @Test
    default void aRowReadsAsItWasBetweenItsChanges() {
        write(key(TWO, "p", "i"), "elsewhere");
        LogPosition start = store().changes().complete();
        LogPosition inserted = write(ROW, "one");
        LogPosition changed = write(ROW, "two");
        LogPosition deleted = remove(ROW);
        LogPosition again = write(ROW, "");
        LogPosition last = write(ROW, "three");
        assertThat(valueAt(ROW, start)).isEmpty();
        assertThat(valueAt(ROW, inserted)).contains("one");
        assertThat(valueAt(ROW, changed)).contains("two");
        assertThat(valueAt(ROW, deleted)).isEmpty();
        assertThat(valueAt(ROW, again)).contains("");
        assertThat(valueAt(ROW, last)).contains("three");
    }

    @Test
    default void aRowThatIsGoneReadsAsItWasBetweenItsChanges() {
        LogPosition inserted = write(ROW, "one");
        LogPosition deleted = remove(ROW);
        assertThat(valueAt(ROW, inserted)).contains("one");
        assertThat(valueAt(ROW, deleted)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    default void anImageHasTheVersionThatItsTransitionWasTold(int partitions) {
        List<RowKey> keys =
                Stream.of(ROW, key(ONE, "another", "i")).limit(partitions).toList();
        keys.forEach(key -> put(store(), key, "value"));
        LogPosition before = store().changes().complete();
        store().transact(Set.copyOf(keys), (Transition.Versioned<Boolean>) (_, version) -> {
            Bytes stamp = Bytes.ofLong(version);
            return new Outcome<>(
                    keys.stream().<Write>map(key -> new Write.Put(key, stamp)).toList(),
                    List.of(),
                    keys.stream()
                            .map(key -> new Retained(key, Optional.of(stamp), KEEP))
                            .toList(),
                    true);
        });
        assertThat(keys).allSatisfy(key -> {
            PastRow image = store().history().first(key, before).orElseThrow();
            assertThat(image.changed())
                    .isEqualTo(row(store(), key).orElseThrow().version());
            assertThat(image.before().orElseThrow().longAt(0)).isEqualTo(image.changed());
        });
    }

    @Test
    default void theFirstChangeAfterAPositionTellsItsVersionAndWhatItReplaced() {
        LogPosition inserted = write(ROW, "one");
        write(ROW, "two");
        long version = row(store(), ROW).orElseThrow().version();
        LogPosition last = write(ROW, "three");
        assertThat(store().history().first(ROW, inserted))
                .contains(new PastRow(ROW, Optional.of(Bytes.utf8("one")), version));
        assertThat(store().history().first(ROW, new LogPosition(version, 0)))
                .as("the transaction of a position's version is before it wholly")
                .isEqualTo(store().history().first(ROW, LogPosition.behind(version)))
                .isNotEqualTo(store().history().first(ROW, LogPosition.behind(version - 1)));
        assertThat(store().history().first(ROW, last)).isEmpty();
        assertThat(store().history().first(key(ONE, "p", "i\0"), LogPosition.START))
                .isEmpty();
        assertThat(store().history().first(key(TWO, "p", "i"), LogPosition.START))
                .isEmpty();
    }

    @Test
    default void allRowsOfATransactionChangeAtOnePosition() {
        List<RowKey> keys = List.of(ROW, key(ONE, "p", "j"), key(ONE, "q", "i"), key(TWO, "p", "i"));
        LogPosition before = store().changes().complete();
        Map<RowKey, Optional<Bytes>> values = new HashMap<>();
        keys.forEach(key -> values.put(key, Optional.of(Bytes.utf8("value"))));
        change(store(), values);
        long version = row(store(), ROW).orElseThrow().version();
        assertThat(keys)
                .allSatisfy(key -> assertThat(store().history().first(key, before))
                        .contains(new PastRow(key, Optional.empty(), version)));
        var past = new PastRows(store(), LogPosition.behind(version - 1));
        assertThat(past.getAll(keys)).containsOnly(Optional.empty());
        assertThat(new PastRows(store(), LogPosition.behind(version)).getAll(keys))
                .doesNotContain(Optional.empty());
    }

    @Test
    default void theCompletePositionCoversATransactionThatRetains() {
        write(ROW, "one");
        assertThat(store().changes().complete().version())
                .isGreaterThanOrEqualTo(row(store(), ROW).orElseThrow().version());
    }

    @Test
    default void whatThrowsRetainsNothing() {
        LogPosition before = write(ROW, "one");
        assertThatThrownBy(() -> store().transact(Set.of(ROW), _ -> {
                    throw new IllegalArgumentException("refused");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store().history().first(ROW, before)).isEmpty();
    }

    @Test
    default void aRowThatChangedWithoutAnImageIsRefused() {
        LogPosition before = write(ROW, "one");
        put(store(), ROW, "two");
        var past = new PastRows(store(), before);
        assertThatThrownBy(() -> past.get(ROW))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("does not reach back");
        assertThatThrownBy(() -> past.sweep(HashRange.whole(ONE, I), Walk.AMPLE))
                .isInstanceOf(StorageException.class);
    }

    /** Puts all awkward rows, and changes them; half of them are deleted first or last. */
    private LogPosition changeAwkwardRows(Map<RowKey, Optional<Bytes>> then) {
        List<RowKey> awkward = awkwardRows();
        for (int i = 0; i < awkward.size(); i++) {
            if (i % 4 != 0) {
                then.put(awkward.get(i), Optional.of(Bytes.utf8("old " + i)));
            }
        }
        change(store(), then);
        LogPosition at = store().changes().complete();
        for (int round = 0; round < 2; round++) {
            Map<RowKey, Optional<Bytes>> now = new HashMap<>();
            for (int i = 0; i < awkward.size(); i++) {
                if (i % 5 != 0) {
                    Bytes value = Bytes.utf8("new " + round);
                    now.put(awkward.get(i), i % 3 == round ? Optional.empty() : Optional.of(value));
                }
            }
            change(store(), now);
        }
        return at;
    }

    @ParameterizedTest(name = "{0} rows a page")
    @ValueSource(ints = {1, 3, 1000})
    default void awkwardKeysReadAsTheyWere(int rowsOfAPage) {
        Map<RowKey, Optional<Bytes>> then = new HashMap<>();
        var past = new PastRows(store(), changeAwkwardRows(then));
        var budget = new Budget(rowsOfAPage, Long.MAX_VALUE);
        for (PartitionKey partition :
                awkwardRows().stream().map(RowKey::partition).distinct().toList()) {
            List<RowKey> expected = then.keySet().stream()
                    .filter(key -> key.partition().equals(partition))
                    .sorted(Comparator.comparing(RowKey::sort))
                    .toList();
            assertThat(PastWalk.scan(past, partition, Walk.EVERYTHING, Direction.FORWARD, budget))
                    .extracting(Row::key)
                    .isEqualTo(expected);
            assertThat(PastWalk.scan(past, partition, Walk.EVERYTHING, Direction.BACKWARD, budget))
                    .extracting(Row::key)
                    .isEqualTo(expected.reversed());
        }
        for (RowKey key : awkwardRows()) {
            Optional<Bytes> expected = then.getOrDefault(key, Optional.empty());
            assertThat(past.get(key).map(Row::value)).as(key.toString()).isEqualTo(expected);
        }
        KINDS.forEach(kind -> assertSweepsAsThen(past, kind, then, budget));
    }

    private void assertSweepsAsThen(PastRows past, int kind, Map<RowKey, Optional<Bytes>> then, Budget budget) {
        List<RowKey> expected = then.keySet().stream()
                .filter(key -> key.sort().at(0) == kind)
                .sorted(Comparator.comparing(
                                RowKey::partition, store().history().order())
                        .thenComparing(RowKey::sort))
                .toList();
        List<Row> swept = PastWalk.sweep(past, HashRange.whole(ONE, kind), budget);
        assertThat(swept).extracting(Row::key).isEqualTo(expected);
        assertThat(swept).allSatisfy(row -> assertThat(Optional.of(row.value())).isEqualTo(then.get(row.key())));
        List<Row> segments = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            segments.addAll(PastWalk.sweep(past, HashRange.segment(ONE, kind, segment, 3), budget));
        }
        assertThat(segments).isEqualTo(swept);
    }

    @ParameterizedTest(name = "{0} rows a page")
    @ValueSource(ints = {1, 3, 1000})
    default void theHistoryOfAwkwardKeysIsInTheOrderOfTheRows(int rowsOfAPage) {
        changeAwkwardRows(new HashMap<>());
        Map<RowKey, Optional<Bytes>> all = new HashMap<>();
        awkwardRows().forEach(key -> all.put(key, Optional.of(Bytes.EMPTY)));
        change(store(), all);
        var budget = new Budget(rowsOfAPage, Long.MAX_VALUE);
        for (int kind : KINDS) {
            List<RowKey> rows = Walk.sweep(store(), HashRange.whole(ONE, kind)).stream()
                    .map(Row::key)
                    .toList();
            assertThat(PastWalk.sweep(store().history(), HashRange.whole(ONE, kind), LogPosition.START, budget))
                    .extracting(PastRow::key)
                    .isEqualTo(rows);
        }
        PartitionKey partition = awkwardRows().getFirst().partition();
        List<RowKey> rows = Walk.scan(store(), partition).stream().map(Row::key).toList();
        assertThat(PastWalk.scan(
                        store().history(), partition, Walk.EVERYTHING, Direction.FORWARD, LogPosition.START, budget))
                .extracting(PastRow::key)
                .isEqualTo(rows);
        assertThat(PastWalk.scan(
                        store().history(), partition, Walk.EVERYTHING, Direction.BACKWARD, LogPosition.START, budget))
                .extracting(PastRow::key)
                .isEqualTo(rows.reversed());
    }

    @Test
    default void aScanOfARangeReadsNothingBesidesIt() {
        PartitionKey partition = ROW.partition();
        for (String sort : List.of("i", "ia", "ib", "ib\0", "ic", "id", "j")) {
            write(new RowKey(partition, Bytes.utf8(sort)), "old");
        }
        LogPosition at = store().changes().complete();
        for (String sort : List.of("i", "ib", "ib\0", "id", "j")) {
            remove(new RowKey(partition, Bytes.utf8(sort)));
        }
        var past = new PastRows(store(), at);
        var range = new Range(Bytes.utf8("ia"), Optional.of(Bytes.utf8("id")));
        for (int rows = 1; rows < 6; rows++) {
            var budget = new Budget(rows, Long.MAX_VALUE);
            assertThat(PastWalk.scan(past, partition, range, Direction.FORWARD, budget))
                    .extracting(row -> row.key().sort())
                    .containsExactly(Bytes.utf8("ia"), Bytes.utf8("ib"), Bytes.utf8("ib\0"), Bytes.utf8("ic"));
            assertThat(PastWalk.scan(past, partition, range, Direction.BACKWARD, budget))
                    .extracting(row -> row.key().sort())
                    .containsExactly(Bytes.utf8("ic"), Bytes.utf8("ib\0"), Bytes.utf8("ib"), Bytes.utf8("ia"));
        }
        var empty = new Range(Bytes.utf8("id"), Optional.of(Bytes.utf8("ia")));
        assertThat(past.scan(partition, empty, Direction.FORWARD, Walk.AMPLE).rows())
                .isEmpty();
    }

    @Test
    default void rowsInsertedLaterDoNotEndAScanEarly() {
        LogPosition before = store().changes().complete();
        for (int i = 0; i < 20; i++) {
            write(key(ONE, "p", "i" + (char) ('a' + i)), "new");
        }
        assertThat(PastWalk.scan(
                        new PastRows(store(), before),
                        ROW.partition(),
                        Walk.EVERYTHING,
                        Direction.FORWARD,
                        new Budget(3, Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    default void aPageKeepsToItsBytes() {
        for (int i = 0; i < 10; i++) {
            write(key(ONE, "p", "i" + i), "x".repeat(10 * i));
        }
        LogPosition at = store().changes().complete();
        for (int i = 0; i < 10; i++) {
            remove(key(ONE, "p", "i" + i));
        }
        var budget = new Budget(100, 100);
        var past = new PastRows(store(), at);
        assertThat(PastWalk.scan(past, ROW.partition(), Walk.EVERYTHING, Direction.FORWARD, budget))
                .hasSize(10);
        assertThat(PastWalk.sweep(past, HashRange.whole(ONE, I), budget)).hasSize(10);
        assertThat(PastWalk.sweep(store().history(), HashRange.whole(ONE, I), at, budget))
                .hasSize(10);
    }

    @Test
    default void forgettingLeavesTheImagesOfLaterChanges() {
        LogPosition first = write(ROW, "one");
        LogPosition second = write(ROW, "two");
        write(ROW, "three");
        store().history().forget(ONE, first);
        assertThat(valueAt(ROW, first)).contains("one");
        assertThat(valueAt(ROW, second)).contains("two");
    }

    @Test
    default void imagesOfMoreThanADayAgoAreForgotten() {
        RowKey other = key(TWO, "p", "i");
        List.of(ROW, key(ONE, "q", "i"), other).forEach(key -> {
            write(key, "one");
            write(key, "two");
        });
        LogPosition latest = store().changes().latest();
        long days = TimeUnit.DAYS.toMicros(2);
        store().history().forget(ONE, LogPosition.behind(latest.version() + days));
        if (!keepsUntilTimeHasPassed()) {
            assertThat(store().history().first(ROW, LogPosition.START)).isEmpty();
            assertThat(PastWalk.sweep(store().history(), HashRange.whole(ONE, I), LogPosition.START, Walk.AMPLE))
                    .isEmpty();
        }
        assertThat(store().history().first(other, LogPosition.START)).isPresent();
        assertThat(row(store(), ROW).map(Verbs::text)).contains("two");
        LogPosition after = store().changes().complete();
        write(ROW, "three");
        assertThat(store().history().first(ROW, after).flatMap(PastRow::before)).contains(Bytes.utf8("two"));
    }

    @Test
    default void theHistoryIsDroppedWithItsTablespace() {
        RowKey kept = key(TWO, "p", "i");
        LogPosition before = store().changes().complete();
        write(ROW, "gone");
        write(kept, "kept");
        store().drop(ONE);
        assertThat(store().history().first(ROW, before)).isEmpty();
        assertThat(store().history().first(kept, before)).isPresent();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    default void everyStateIsFoundAgainWhileWritesGoOn(long seed) {
        new RetainedHistory(seed, positions()).run(store());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6, 7})
    default void imagesUnderFaultsAreThoseOfTheChangesThatWereMade(long seed) {
        var row = new CountedRow(ROW);
        var faulty = new FaultyStore(store(), Fault.oneIn(4, seed));
        Threads.run(4, _ -> {
            for (int i = 0; i < 25; i++) {
                try {
                    row.increment(faulty);
                } catch (StorageException _) {
                    // Whether it was made shows in the row.
                }
            }
        });
        assertThat(commitsTogether() ? row.checkTogether(store()) : row.check(store()))
                .isPositive();
    }

    @Test
    default void aClosedStoreHasNoHistory() {
        RowStore closed = openAnother();
        change(closed, Map.of(ROW, Optional.of(Bytes.EMPTY)));
        closed.close();
        assertThatThrownBy(() -> closed.history().first(ROW, LogPosition.START)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.history().sweep(HashRange.whole(ONE, I), LogPosition.START, Walk.AMPLE))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.history().forget(ONE, LogPosition.behind(1)))
                .isInstanceOf(StorageException.class);
    }
}
