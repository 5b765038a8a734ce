package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.delete;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putEach;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The chapter on single rows: a read returns what was written, until the row is written again or dropped. */
interface ReadContract extends ContractSubject {
    int MEBIBYTE = 1 << 20;

    @Test
    default void aRowThatWasNeverWrittenIsNotThere() {
        assertThat(row(store(), key(ONE, "p", "i"))).isEmpty();
    }

    @Test
    default void aRowThatWasPutIsRead() {
        RowKey key = key(ONE, "p", "i");
        put(store(), key, "value");
        assertThat(row(store(), key)).hasValueSatisfying(row -> {
            assertThat(row.key()).isEqualTo(key);
            assertThat(row.value()).isEqualTo(Bytes.utf8("value"));
        });
    }

    @Test
    default void aPutReplacesTheValue() {
        RowKey key = key(ONE, "p", "i");
        put(store(), key, "a long value");
        put(store(), key, "short");
        assertThat(value(store(), key)).contains("short");
    }

    @Test
    default void aDeletedRowIsNotThere() {
        RowKey key = key(ONE, "p", "i");
        put(store(), key, "value");
        delete(store(), key);
        assertThat(row(store(), key)).isEmpty();
    }

    @Test
    default void deletingAnAbsentRowIsNoError() {
        RowKey key = key(ONE, "p", "i");
        assertThat(delete(store(), key)).isEmpty();
        assertThat(row(store(), key)).isEmpty();
    }

    @Test
    default void aDeletedRowCanBePutAgain() {
        RowKey key = key(ONE, "p", "i");
        put(store(), key, "first");
        delete(store(), key);
        put(store(), key, "second");
        assertThat(value(store(), key)).contains("second");
    }

    @Test
    default void anEmptyValueIsAValue() {
        RowKey key = key(ONE, "p", "i");
        put(store(), key, "");
        assertThat(value(store(), key)).contains("");
    }

    @Test
    default void anEmptyPartitionKeyIsAKey() {
        RowKey key = key(ONE, "", "i");
        put(store(), key, "value");
        assertThat(value(store(), key)).contains("value");
    }

    @Test
    default void theLongestPartitionKeyIsAKey() {
        byte[] longest = new byte[PartitionKey.MAX_KEY];
        Arrays.fill(longest, (byte) 0xff);
        var key = new RowKey(new PartitionKey(ONE, Bytes.copyOf(longest)), Bytes.of(0xff));
        put(store(), key, "value");
        assertThat(value(store(), key)).contains("value");
    }

    @Test
    default void aValueOfAMebibyteIsKept() {
        RowKey key = key(ONE, "p", "i");
        byte[] large = new byte[MEBIBYTE];
        new Random(1).nextBytes(large);
        put(store(), key, Bytes.copyOf(large));
        assertThat(row(store(), key).map(Row::value)).contains(Bytes.copyOf(large));
    }

    @Test
    default void keysThatDifferInAnyPartNameDifferentRows() {
        List<RowKey> keys = List.of(
                key(ONE, "p", "i"),
                key(TWO, "p", "i"),
                key(ONE, "pi", "i"),
                key(ONE, "p", "ii"),
                key(ONE, "p", "i\0"),
                key(ONE, "p\0", "i"),
                key(ONE, "", "ip"));
        keys.forEach(key -> put(store(), key, key.toString()));
        assertThat(keys).allSatisfy(key -> assertThat(value(store(), key)).contains(key.toString()));
    }

    @Test
    default void rowsThatAreReadTogetherComeInTheOrderOfTheirKeys() {
        var keys = new ArrayList<RowKey>();
        for (int i = 0; i < 100; i++) {
            keys.add(key(i % 2 == 0 ? ONE : TWO, "p" + i % 40, "i" + i));
        }
        for (int i = 0; i < keys.size(); i += 3) {
            put(store(), keys.get(i), "value " + i);
        }
        Collections.shuffle(keys, new Random(1));
        for (Consistency consistency : Consistency.values()) {
            List<Optional<Row>> found = store().getAll(keys, consistency);
            assertThat(found)
                    .isEqualTo(keys.stream()
                            .map(key -> store().get(key, consistency))
                            .toList());
        }
        assertThat(store().getAll(keys, Consistency.STRONG).stream().filter(Optional::isPresent))
                .hasSize(34);
    }

    @Test
    default void theSameRowMayBeReadTwiceTogether() {
        RowKey key = key(ONE, "p", "i");
        RowKey absent = key(ONE, "p", "j");
        put(store(), key, "value");
        assertThat(store().getAll(List.of(key, absent, key), Consistency.STRONG))
                .containsExactly(row(store(), key), Optional.empty(), row(store(), key));
    }

    @Test
    default void readingNoRowsTogetherReadsNone() {
        assertThat(store().getAll(List.of(), Consistency.STRONG)).isEmpty();
    }

    @Test
    default void rowsThatWereDeletedOrDroppedAreNotReadTogether() {
        RowKey kept = key(TWO, "p", "i");
        RowKey deleted = key(TWO, "p", "j");
        RowKey dropped = key(ONE, "p", "i");
        putEach(store(), kept, deleted, dropped);
        delete(store(), deleted);
        store().drop(ONE);
        assertThat(store().getAll(List.of(deleted, kept, dropped), Consistency.STRONG))
                .containsExactly(Optional.empty(), row(store(), kept), Optional.empty());
    }

    @Test
    default void rowsThatFollowFromOthersAreReadTogether() {
        RowKey key = key(ONE, "p", "i");
        var entries = List.of(key(TWO, "entry", "i"), key(TWO, "other entry", "i"));
        var _ = store().transact(
                        Set.of(key),
                        _ -> new Outcome<>(
                                List.of(
                                        new Write.Put(key, Bytes.utf8("item")),
                                        new Write.Put(entries.getFirst(), Bytes.utf8("entry"))),
                                true));
        assertThat(store().getAll(entries, Consistency.STRONG))
                .containsExactly(row(store(), entries.getFirst()), Optional.empty());
    }

    @Test
    default void theVersionOfARowGrowsWithEachWrite() {
        RowKey key = key(ONE, "p", "i");
        List<Long> versions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            put(store(), key, "same value");
            versions.add(row(store(), key).orElseThrow().version());
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void theVersionOfARowGrowsBeyondItsDeletion() {
        RowKey key = key(ONE, "p", "i");
        put(store(), key, "first");
        long first = row(store(), key).orElseThrow().version();
        delete(store(), key);
        put(store(), key, "second");
        assertThat(row(store(), key).orElseThrow().version()).isGreaterThan(first);
    }

    @Test
    default void droppingForgetsEveryRowOfAStoreAndOfNoOther() {
        for (int i = 0; i < 50; i++) {
            putEach(store(), key(ONE, "p" + i, "i"), key(ONE, "p" + i, "j"), key(TWO, "p" + i, "i"));
        }
        store().drop(ONE);
        assertThat(Walk.sweep(store(), HashRange.whole(ONE, I))).isEmpty();
        assertThat(Walk.sweep(store(), HashRange.whole(ONE, J))).isEmpty();
        assertThat(Walk.scan(store(), key(ONE, "p1", "i").partition())).isEmpty();
        assertThat(row(store(), key(ONE, "p1", "i"))).isEmpty();
        assertThat(Walk.sweep(store(), HashRange.whole(TWO, I))).hasSize(50);
    }

    @Test
    default void droppingAStoreThatWasNeverWrittenIsNoError() {
        putEach(store(), key(TWO, "p", "i"));
        store().drop(ONE);
        assertThat(value(store(), key(TWO, "p", "i"))).isPresent();
    }

    @Test
    default void aClosedStoreRefusesEverything() {
        RowStore closed = openAnother();
        RowKey key = key(ONE, "p", "i");
        put(closed, key, "value");
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.get(key, Consistency.STRONG)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.getAll(List.of(key), Consistency.STRONG))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.scan(
                        key.partition(), Walk.EVERYTHING, Direction.FORWARD, Walk.AMPLE, Consistency.STRONG))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.sweep(HashRange.whole(ONE, I), Walk.AMPLE, Consistency.STRONG))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.transact(Set.of(key), _ -> Outcome.unchanged("answer")))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> put(closed, key, "value")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.drop(ONE)).isInstanceOf(StorageException.class);
    }
}
