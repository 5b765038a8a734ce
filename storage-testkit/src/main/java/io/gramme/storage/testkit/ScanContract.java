package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.delete;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putEach;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chapter on scans: the rows of a partition, in order and page by page. */
interface ScanContract extends ContractSubject {
    PartitionKey PARTITION = new PartitionKey(ONE, Bytes.utf8("p"));

    /** Puts rows with these sort bytes after the kind {@code i}. */
    private void putTail(int... tail) {
        Bytes sort = Bytes.of(I);
        for (int next : tail) {
            sort = sort.plus(Bytes.of(next));
        }
        put(store(), new RowKey(PARTITION, sort), "value");
    }

    private void putLetters(String letters) {
        letters.chars().forEach(letter -> putEach(store(), key(ONE, "p", "i" + (char) letter)));
    }

    /** The last character of each row's sort bytes. */
    private static String letters(List<Row> rows) {
        var letters = new StringBuilder();
        for (Row row : rows) {
            Bytes sort = row.key().sort();
            letters.append((char) sort.at(sort.length() - 1));
        }
        return letters.toString();
    }

    private String scan(String from, String to, Direction direction, int rowsPerPage) {
        var range = new Range(Bytes.utf8(from), to.isEmpty() ? Optional.empty() : Optional.of(Bytes.utf8(to)));
        return letters(Walk.scan(store(), PARTITION, range, direction, new Budget(rowsPerPage, 1 << 20)));
    }

    private Page page(Direction direction, Budget budget) {
        return store().scan(PARTITION, Walk.EVERYTHING, direction, budget, Consistency.STRONG);
    }

    @Test
    default void rowsAreSortedByUnsignedBytesAndAPrefixComesFirst() {
        putTail(0xff);
        putTail(0x80);
        putTail();
        putTail(0x7f);
        putTail(0);
        putTail(0, 0);
        putTail(0x7f, 0xff);
        putTail(0xff, 0);
        assertThat(Walk.scan(store(), PARTITION))
                .extracting(row -> row.key().sort().toString())
                .containsExactly("69", "6900", "690000", "697f", "697fff", "6980", "69ff", "69ff00");
    }

    @Test
    default void aScanStaysInItsPartition() {
        putEach(
                store(),
                key(ONE, "", "i"),
                key(ONE, "o", "i"),
                key(ONE, "p", "i"),
                key(ONE, "p\0", "i"),
                key(ONE, "pi", "i"),
                key(ONE, "q", "i"),
                key(TWO, "p", "i"));
        assertThat(Walk.scan(store(), PARTITION)).extracting(Row::key).containsExactly(key(ONE, "p", "i"));
    }

    @Test
    default void aScanFindsRowsOfEveryKind() {
        putEach(store(), key(ONE, "p", "j"), key(ONE, "p", "i"), key(ONE, "p", "\0"));
        put(store(), new RowKey(PARTITION, Bytes.of(0xff)), "value");
        assertThat(Walk.scan(store(), PARTITION))
                .extracting(row -> row.key().sort().at(0))
                .containsExactly(0, I, J, 0xff);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    default void anyPageSizeGivesTheSameRows(int rowsPerPage) {
        putLetters("ecabd");
        assertThat(scan("", "", Direction.FORWARD, rowsPerPage)).isEqualTo("abcde");
        assertThat(scan("", "", Direction.BACKWARD, rowsPerPage)).isEqualTo("edcba");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    default void aRangeHasItsStartAndNotItsEnd(int rowsPerPage) {
        putLetters("abcde");
        assertThat(scan("ib", "id", Direction.FORWARD, rowsPerPage)).isEqualTo("bc");
        assertThat(scan("ib", "id", Direction.BACKWARD, rowsPerPage)).isEqualTo("cb");
    }

    @Test
    default void theBoundsOfARangeNeedNotBeRows() {
        putLetters("ace");
        assertThat(scan("ib", "id", Direction.FORWARD, 9)).isEqualTo("c");
        assertThat(scan("ib", "id", Direction.BACKWARD, 9)).isEqualTo("c");
        assertThat(scan("ib", "", Direction.BACKWARD, 9)).isEqualTo("ec");
        assertThat(scan("a", "z", Direction.FORWARD, 9)).isEqualTo("ace");
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    default void aRangeThatEndsWhereItBeginsOrBeforeIsEmpty(Direction direction) {
        putLetters("abc");
        assertThat(scan("ib", "ib", direction, 9)).isEmpty();
        assertThat(scan("ic", "ia", direction, 9)).isEmpty();
    }

    @Test
    default void aPrefixNamesARange() {
        putEach(store(), key(ONE, "p", "i"), key(ONE, "p", "iab"), key(ONE, "p", "ia"), key(ONE, "p", "ib"));
        putTail('a', 0xff);
        assertThat(Walk.scan(store(), PARTITION, Range.startingWith(Bytes.utf8("ia")), Direction.FORWARD, Walk.AMPLE))
                .extracting(row -> row.key().sort().toString())
                .containsExactly("6961", "696162", "6961ff");
    }

    @Test
    default void aPrefixOfHighestBytesNamesARangeToTheEnd() {
        Bytes high = Bytes.of(0xff);
        put(store(), new RowKey(PARTITION, high.plus(high)), "value");
        put(store(), key(ONE, "p", "i"), "value");
        assertThat(Walk.scan(store(), PARTITION, Range.startingWith(high), Direction.BACKWARD, Walk.AMPLE))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    default void aScanResumesBehindARowThatIsGone(Direction direction) {
        putLetters("abcde");
        Page first = page(direction, new Budget(2, 1 << 20));
        RowKey last = first.rows().getLast().key();
        delete(store(), last);
        switch (direction) {
            case FORWARD -> {
                assertThat(letters(first.rows())).isEqualTo("ab");
                assertThat(scan("ib\0", "", direction, 9)).isEqualTo("cde");
            }
            case BACKWARD -> {
                assertThat(letters(first.rows())).isEqualTo("ed");
                assertThat(scan("", "id", direction, 9)).isEqualTo("cba");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    default void aPageIsExhaustedIfAndOnlyIfNothingIsLeft(Direction direction) {
        assertThat(page(direction, new Budget(1, 1)).exhausted()).isTrue();
        putLetters("abc");
        assertThat(page(direction, new Budget(2, 1 << 20)).exhausted()).isFalse();
        assertThat(page(direction, new Budget(3, 1 << 20)).exhausted()).isTrue();
        assertThat(page(direction, new Budget(4, 1 << 20)).exhausted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    default void whatLiesBeyondTheRangeDoesNotCountAsLeft(Direction direction) {
        putLetters("abcd");
        putEach(store(), key(ONE, "q", "ib"), key(ONE, "o", "ib"), key(TWO, "p", "ib"));
        var range = new Range(Bytes.utf8("ib"), Optional.of(Bytes.utf8("id")));
        Page page = store().scan(PARTITION, range, direction, new Budget(2, 1 << 20), Consistency.STRONG);
        assertThat(page.rows()).hasSize(2);
        assertThat(page.exhausted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    default void aPageEndsBeforeItPassesItsBytes(Direction direction) {
        List.of("ia", "ib", "ic", "id").forEach(sort -> put(store(), key(ONE, "p", sort), "12345"));
        assertThat(page(direction, new Budget(9, 3L * fiveBytes())).rows()).hasSize(3);
        assertThat(page(direction, new Budget(9, 3L * fiveBytes() - 1)).rows()).hasSize(2);
        assertThat(page(direction, new Budget(9, 4L * fiveBytes() - 1)).exhausted())
                .isFalse();
        assertThat(page(direction, new Budget(9, 4L * fiveBytes())).exhausted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    default void aPageHoldsOneRowHoweverLarge(Direction direction) {
        List.of("ia", "ib").forEach(sort -> put(store(), key(ONE, "p", sort), "x".repeat(100_000)));
        Page page = page(direction, new Budget(9, 1));
        assertThat(page.rows()).hasSize(1);
        assertThat(page.exhausted()).isFalse();
    }

    @Test
    default void rowsOfAPageCarryTheirValuesAndVersions() {
        putEach(store(), key(ONE, "p", "ia"), key(ONE, "p", "ib"));
        assertThat(Walk.scan(store(), PARTITION))
                .allSatisfy(row -> assertThat(Verbs.row(store(), row.key())).contains(row));
    }
}
