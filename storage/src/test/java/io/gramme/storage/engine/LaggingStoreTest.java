package io.gramme.storage.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.Retained;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.storage.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaggingStoreTest {
    private static final RowKey ITEM = key(1, "item");
    private static final RowKey ENTRY = key(2, "entry");

    private Instant now = Instant.parse("2026-03-04T05:06:07Z");
    private final LaggingStore store = new LaggingStore(new MemoryStore(() -> now), Duration.ofSeconds(1), () -> now);

    private static RowKey key(long tablespace, String partition) {
        return new RowKey(new PartitionKey(new TablespaceId(tablespace), Bytes.utf8(partition)), Bytes.of(1));
    }

    private static Write put(RowKey key, String value) {
        return new Write.Put(key, Bytes.utf8(value));
    }

    private void write(Write... writes) {
        store.transact(Set.of(ITEM), _ -> new Outcome<>(Arrays.asList(writes), true));
    }

    private String value(RowKey key) {
        return store.get(key, Consistency.STRONG)
                .map(row -> new String(row.value().shared(), UTF_8))
                .orElse("none");
    }

    private void pass(Duration time) {
        now = now.plus(time);
        store.deliverDue();
    }

    @Test
    void rowsOfPartitionsThatWereNotNamedComeWhenTheyAreDue() {
        write(put(ITEM, "a"), put(ENTRY, "a"));
        assertThat(value(ITEM)).isEqualTo("a");
        assertThat(value(ENTRY)).isEqualTo("none");
        pass(Duration.ofMillis(999));
        assertThat(value(ENTRY)).isEqualTo("none");
        pass(Duration.ofMillis(1));
        assertThat(value(ENTRY)).isEqualTo("a");
    }

    @Test
    void theyComeInTheOrderOfTheTransactions() {
        write(put(ENTRY, "a"));
        now = now.plusMillis(500);
        write(new Write.Delete(ENTRY));
        pass(Duration.ofMillis(500));
        assertThat(value(ENTRY)).isEqualTo("a");
        assertThat(store.lag()).isEqualTo(Duration.ofMillis(500));
        pass(Duration.ofMillis(500));
        assertThat(value(ENTRY)).isEqualTo("none");
        assertThat(store.lag()).isZero();
    }

    @Test
    void aTransitionThatRefusesLeavesNothingToCome() {
        assertThatThrownBy(() -> store.transact(Set.of(ITEM), _ -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(store.lag()).isZero();
    }

    @Test
    void aStoreThatIsDroppedGetsNoRowsAfterwards() {
        write(put(ENTRY, "a"), put(key(3, "entry"), "b"));
        store.drop(new TablespaceId(2));
        pass(Duration.ofSeconds(1));
        assertThat(value(ENTRY)).isEqualTo("none");
        assertThat(value(key(3, "entry"))).isEqualTo("b");
    }

    @Test
    void theImageOfADelayedRowComesWithTheRow() {
        var images = List.of(
                new Retained(ITEM, Optional.empty(), Duration.ZERO),
                new Retained(ENTRY, Optional.of(Bytes.utf8("old")), Duration.ZERO));
        store.transact(
                Set.of(ITEM), _ -> new Outcome<>(List.of(put(ITEM, "a"), put(ENTRY, "a")), List.of(), images, true));
        assertThat(store.history().first(ITEM, LogPosition.START)).isPresent();
        assertThat(store.history().first(ENTRY, LogPosition.START)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(store.history().first(ENTRY, LogPosition.START).flatMap(PastRow::before))
                .contains(Bytes.utf8("old"));
    }
}
