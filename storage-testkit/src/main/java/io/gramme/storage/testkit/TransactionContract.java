package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putAll;
import static io.gramme.storage.testkit.Verbs.putEach;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The chapter on sequential transactions: the rows that a transition gets, and the effect of its outcome. */
interface TransactionContract extends ContractSubject {
    /** Over partitions and tablespaces. */
    RowKey FIRST = key(ONE, "p", "i");

    RowKey SECOND = key(ONE, "q", "i");
    RowKey THIRD = key(TWO, "p", "j");

    /** How long a write may take to appear in a partition that its transaction did not name. */
    long APPEARS_WITHIN_SECONDS = 20;

    @Test
    default void aTransitionSeesTheRowsItNamedAsTheyAre() {
        put(store(), FIRST, "value");
        Map<RowKey, Optional<Row>> seen = store().transact(Set.of(FIRST, SECOND), Outcome::unchanged);
        assertThat(seen).containsOnlyKeys(FIRST, SECOND);
        assertThat(seen.get(FIRST)).isEqualTo(row(store(), FIRST)).isPresent();
        assertThat(seen.get(SECOND)).isEmpty();
    }

    @Test
    default void aTransitionSeesManyRowsOfManyPartitions() {
        Set<RowKey> keys = IntStream.range(0, 100)
                .mapToObj(i -> key(i % 2 == 0 ? ONE : TWO, "p" + i % 7, "i" + i))
                .collect(Collectors.toSet());
        keys.stream().filter(TransactionContract::chosen).forEach(key -> put(store(), key, key.toString()));
        Map<RowKey, Optional<Row>> seen = store().transact(keys, Outcome::unchanged);
        assertThat(seen.keySet()).isEqualTo(keys);
        seen.forEach((key, row) -> assertThat(row.map(Verbs::text))
                .isEqualTo(chosen(key) ? Optional.of(key.toString()) : Optional.empty()));
    }

    private static boolean chosen(RowKey key) {
        return key.sort().length() % 2 == 0;
    }

    @Test
    default void aTransactionAnswersWhatItsTransitionAnswers() {
        String answer = store().transact(Set.of(FIRST), _ -> new Outcome<>(List.of(put(FIRST, "value")), "answer"));
        assertThat(answer).isEqualTo("answer");
    }

    @Test
    default void aTransactionThatNamesNothingAnswersAllTheSame() {
        String answer = store().transact(Set.of(), _ -> Outcome.unchanged("answer"));
        assertThat(answer).isEqualTo("answer");
    }

    @Test
    default void aTransactionThatWritesNothingLeavesRowsAndVersions() {
        put(store(), FIRST, "value");
        Optional<Row> before = row(store(), FIRST);
        store().transact(Set.of(FIRST), _ -> Outcome.unchanged("answer"));
        assertThat(row(store(), FIRST)).isEqualTo(before);
    }

    @Test
    default void allWritesOfATransactionAppear() {
        putAll(store(), Map.of(FIRST, "old", SECOND, "old"));
        store().transact(
                        Set.of(FIRST, SECOND, THIRD),
                        _ -> new Outcome<>(
                                List.of(put(FIRST, "new"), new Write.Delete(SECOND), put(THIRD, "new")), "answer"));
        assertThat(value(store(), FIRST)).contains("new");
        assertThat(value(store(), SECOND)).isEmpty();
        assertThat(value(store(), THIRD)).contains("new");
    }

    @Test
    default void aTransactionMayWriteOtherRowsOfThePartitionsItNamed() {
        RowKey neighbour = key(ONE, "p", "j");
        store().transact(
                        Set.of(FIRST),
                        _ -> new Outcome<>(List.of(put(FIRST, "row"), put(neighbour, "its index entry")), "answer"));
        assertThat(value(store(), FIRST)).contains("row");
        assertThat(value(store(), neighbour)).contains("its index entry");
    }

    @Test
    default void aWriteToAPartitionThatWasNotNamedAppearsInTime() {
        RowKey entry = key(TWO, "elsewhere", "i");
        store().transact(
                        Set.of(FIRST),
                        _ -> new Outcome<>(List.of(put(FIRST, "row"), put(entry, "its index entry")), "answer"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(APPEARS_WITHIN_SECONDS);
        while (value(store(), entry).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(value(store(), entry)).contains("its index entry");
    }

    @Test
    default void rowsOfOneTransactionHaveOneVersion() {
        putEach(store(), FIRST, SECOND, FIRST);
        long before = row(store(), FIRST).orElseThrow().version();
        putAll(store(), Map.of(FIRST, "new", SECOND, "new", THIRD, "new"));
        long version = row(store(), FIRST).orElseThrow().version();
        assertThat(version).isGreaterThan(before);
        assertThat(List.of(SECOND, THIRD))
                .allSatisfy(key ->
                        assertThat(row(store(), key).orElseThrow().version()).isEqualTo(version));
    }

    @Test
    default void aTransitionThatThrowsWritesNothingAndItsExceptionPassesUnchanged() {
        put(store(), FIRST, "value");
        Optional<Row> before = row(store(), FIRST);
        var refusal = new IllegalArgumentException("refused");
        assertThatThrownBy(() -> store().transact(Set.of(FIRST, SECOND), _ -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(row(store(), FIRST)).isEqualTo(before);
        assertThat(row(store(), SECOND)).isEmpty();
    }

    @Test
    default void afterATransitionThatThrewItsRowsCanBeWritten() {
        assertThatThrownBy(() -> store().transact(Set.of(FIRST, SECOND), _ -> {
                    throw new IllegalArgumentException("refused");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        putAll(store(), Map.of(FIRST, "value", SECOND, "value"));
        assertThat(value(store(), SECOND)).contains("value");
    }

    @Test
    default void aRowMayBeMovedToAnotherPlaceOfItsPartition() {
        RowKey before = key(ONE, "p", "ja");
        RowKey after = key(ONE, "p", "jb");
        put(store(), before, "entry");
        store().transact(Set.of(FIRST), _ -> new Outcome<>(List.of(new Write.Delete(before), put(after, "entry")), 0));
        assertThat(Walk.scan(store(), FIRST.partition())).extracting(Row::key).containsExactly(after);
    }

    @Test
    default void aTransactionOfHundredLargeRowsIsWritten() {
        List<RowKey> keys =
                IntStream.range(0, 100).mapToObj(i -> key(ONE, "p" + i, "i")).toList();
        Bytes large = Bytes.copyOf(new byte[40_000]);
        store().transact(
                        Set.copyOf(keys),
                        _ -> new Outcome<>(
                                keys.stream()
                                        .<Write>map(key -> new Write.Put(key, large))
                                        .toList(),
                                0));
        assertThat(keys)
                .allSatisfy(key -> assertThat(row(store(), key).map(Row::value)).contains(large));
    }
}
