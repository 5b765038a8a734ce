package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.delete;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putEach;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chapter on sweeps: the rows of one kind in all partitions of a tablespace, in the order of hashes and page by
 * page.
 */
interface SweepContract extends ContractSubject {
    HashRange ITEMS = HashRange.whole(ONE, I);

    /** Two partition keys of one hash. */
    List<Bytes> COLLIDING = List.of(
            hex("6772616d6d653a20636f6c6c69646573776974682074686520206f7468657221"),
            hex("6772616d6d653a20434f4c4c4944455334a2daf7f7526afb32d51c1476fcd8ab"));

    private static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }

    /** One row of kind i in each of so many partitions, and rows of other kinds before and after it. */
    private List<RowKey> putPartitions(int count) {
        List<RowKey> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RowKey item = key(ONE, "p" + i, "i" + i);
            items.add(item);
            putEach(store(), item, key(ONE, "p" + i, "\0"), key(ONE, "p" + i, "j"), key(TWO, "p" + i, "i"));
        }
        items.sort(Comparator.comparing(item -> item.partition().hash(), Long::compareUnsigned));
        return items;
    }

    private List<RowKey> sweep(HashRange range, int rowsPerPage) {
        return Walk.sweep(store(), range, new Budget(rowsPerPage, 1 << 20)).stream()
                .map(Row::key)
                .toList();
    }

    private Page page(HashRange range, Budget budget) {
        return store().sweep(range, budget, Consistency.STRONG);
    }

    @Test
    default void aSweepOfAnEmptyStoreIsExhausted() {
        Page page = page(ITEMS, new Budget(1, 1));
        assertThat(page.rows()).isEmpty();
        assertThat(page.exhausted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 100})
    default void aSweepGoesUpInUnsignedHashesOverRowsOfItsKind(int rowsPerPage) {
        List<RowKey> items = putPartitions(20);
        assertThat(sweep(ITEMS, rowsPerPage)).isEqualTo(items);
    }

    @Test
    default void aSweepGoesUpInSortBytesWithinAPartition() {
        putEach(store(), key(ONE, "p", "ib"), key(ONE, "p", "ia"), key(ONE, "p", "ic"), key(ONE, "p", "j"));
        assertThat(sweep(ITEMS, 2)).containsExactly(key(ONE, "p", "ia"), key(ONE, "p", "ib"), key(ONE, "p", "ic"));
    }

    @Test
    default void partitionsWithoutTheKindAreSkipped() {
        for (int i = 0; i < 30; i++) {
            putEach(store(), key(ONE, "p" + i, i % 2 == 0 ? "\0" : "j"));
        }
        assertThat(page(ITEMS, new Budget(1, 1)).exhausted()).isTrue();
        assertThat(sweep(HashRange.whole(ONE, J), 4)).hasSize(15);
        assertThat(sweep(HashRange.whole(ONE, 0), 4)).hasSize(15);
    }

    @Test
    default void theHighestKindIsAKind() {
        var key = new RowKey(new PartitionKey(ONE, Bytes.of(0xff)), Bytes.of(0xff));
        putEach(store(), key, key(ONE, "p", "i"));
        assertThat(sweep(HashRange.whole(ONE, 0xff), 1)).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    default void segmentsAreTheWholeWithoutOverlap(int total) {
        List<RowKey> items = putPartitions(25);
        List<RowKey> union = new ArrayList<>();
        for (int segment = 0; segment < total; segment++) {
            union.addAll(sweep(HashRange.segment(ONE, I, segment, total), 3));
        }
        assertThat(union).isEqualTo(items);
    }

    @Test
    default void bothBoundsOfAHashRangeBelongToIt() {
        List<RowKey> items = putPartitions(10);
        long from = items.get(3).partition().hash();
        long to = items.get(6).partition().hash();
        assertThat(sweep(new HashRange(ONE, I, from, to, Optional.empty()), 2)).isEqualTo(items.subList(3, 7));
        assertThat(sweep(new HashRange(ONE, I, from, from, Optional.empty()), 2))
                .isEqualTo(items.subList(3, 4));
        assertThat(sweep(new HashRange(ONE, I, from + 1, to - 1, Optional.empty()), 2))
                .isEqualTo(items.subList(4, 6));
    }

    @Test
    default void aSweepResumesBehindARowThatIsGone() {
        List<RowKey> items = putPartitions(10);
        Page first = page(ITEMS, new Budget(4, 1 << 20));
        RowKey last = first.rows().getLast().key();
        delete(store(), last);
        assertThat(sweep(ITEMS.after(last), 3)).isEqualTo(items.subList(4, 10));
    }

    @Test
    default void aSweepResumesBehindARowOfAPartitionThatIsGone() {
        List<RowKey> items = putPartitions(10);
        RowKey fifth = items.get(5);
        Walk.scan(store(), fifth.partition()).forEach(row -> delete(store(), row.key()));
        assertThat(sweep(ITEMS.after(fifth), 3)).isEqualTo(items.subList(6, 10));
    }

    @Test
    default void aSweepResumesInTheMiddleOfAPartition() {
        putEach(store(), key(ONE, "p", "ia"), key(ONE, "p", "ib"), key(ONE, "p", "ic"));
        assertThat(sweep(ITEMS.after(key(ONE, "p", "ia")), 1))
                .containsExactly(key(ONE, "p", "ib"), key(ONE, "p", "ic"));
    }

    @Test
    default void aRowBeforeTheRangeDoesNotWidenItWhenResumedBehind() {
        List<RowKey> items = putPartitions(10);
        HashRange upper = new HashRange(ONE, I, items.get(5).partition().hash(), -1, Optional.empty());
        assertThat(sweep(upper.after(items.get(1)), 3)).isEqualTo(items.subList(5, 10));
        assertThat(sweep(upper.after(items.get(9)), 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    default void partitionsOfEqualHashAreKeptApart(int rowsPerPage) {
        assertThat(COLLIDING)
                .extracting(it -> new PartitionKey(ONE, it).hash())
                .containsOnly(new PartitionKey(ONE, COLLIDING.getFirst()).hash());
        for (Bytes partition : COLLIDING) {
            List.of("\0", "ia", "ib", "ic", "j")
                    .forEach(sort -> put(
                            store(),
                            new RowKey(new PartitionKey(ONE, partition), Bytes.utf8(sort)),
                            partition.toString()));
        }
        assertThat(sweep(ITEMS, rowsPerPage)).hasSize(6).doesNotHaveDuplicates();
        for (Bytes partition : COLLIDING) {
            assertThat(Walk.scan(store(), new PartitionKey(ONE, partition)))
                    .hasSize(5)
                    .allSatisfy(row -> assertThat(Verbs.text(row)).isEqualTo(partition.toString()));
        }
    }

    @Test
    default void aSweepIsExhaustedIfAndOnlyIfNothingOfItsKindIsLeft() {
        putPartitions(5);
        assertThat(page(ITEMS, new Budget(4, 1 << 20)).exhausted()).isFalse();
        assertThat(page(ITEMS, new Budget(5, 1 << 20)).exhausted()).isTrue();
        assertThat(page(ITEMS, new Budget(6, 1 << 20)).exhausted()).isTrue();
    }

    @Test
    default void aSweptPageKeepsToItsBytes() {
        IntStream.range(0, 4).forEach(i -> put(store(), key(ONE, "p" + i, "i"), "12345"));
        assertThat(page(ITEMS, new Budget(9, 3L * fiveBytes())).rows()).hasSize(3);
        assertThat(page(ITEMS, new Budget(9, 3L * fiveBytes() - 1)).rows()).hasSize(2);
        assertThat(page(ITEMS, new Budget(9, 1)).rows()).hasSize(1);
        assertThat(page(ITEMS, new Budget(9, 4L * fiveBytes())).exhausted()).isTrue();
    }
}
