package io.gramme.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllRowsTest {
    /** More than two pages hold. */
    private static final int MANY = 2_500;

    private static final TablespaceId ONE = new TablespaceId(1);
    private static final PartitionKey PARTITION = new PartitionKey(ONE, Bytes.utf8("p"));

    private final MemoryStore store = new MemoryStore(() -> Instant.parse("2026-03-04T05:06:07Z"));

    @AfterEach
    void close() {
        store.close();
    }

    private static Bytes sort(int kind, int number) {
        return Bytes.of(kind).plus(Bytes.utf8("%05d".formatted(number)));
    }

    private void put(RowKey key) {
        store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, Bytes.EMPTY)), true));
    }

    private List<Bytes> scanned(Range range) {
        var found = new ArrayList<Bytes>();
        AllRows.scan(store, PARTITION, range, row -> found.add(row.key().sort()));
        return found;
    }

    @Test
    void aScanReadsEveryPageOfItsRangeInOrderAndNothingElse() {
        for (int i = 0; i < MANY; i++) {
            put(new RowKey(PARTITION, sort(2, i)));
        }
        put(new RowKey(PARTITION, sort(1, 0)));
        put(new RowKey(PARTITION, sort(3, 0)));

        assertThat(scanned(Range.startingWith(Bytes.of(2))))
                .isEqualTo(IntStream.range(0, MANY).mapToObj(i -> sort(2, i)).toList());
        assertThat(scanned(new Range(sort(2, 1), Optional.of(sort(2, 3))))).containsExactly(sort(2, 1), sort(2, 2));
        assertThat(scanned(Range.startingWith(Bytes.of(4)))).isEmpty();
    }

    @Test
    void aSweepReadsEveryRowOfItsKindOnce() {
        var written = new HashSet<RowKey>();
        for (int i = 0; i < MANY; i++) {
            var partition = new PartitionKey(ONE, Bytes.utf8("p" + i));
            written.add(new RowKey(partition, sort(2, i)));
            put(new RowKey(partition, sort(2, i)));
            put(new RowKey(partition, sort(3, i)));
        }
        var found = new ArrayList<RowKey>();
        AllRows.sweep(store, HashRange.whole(ONE, 2), row -> found.add(row.key()));

        assertThat(found).hasSize(MANY);
        assertThat(new HashSet<>(found)).isEqualTo(written);
    }
}
