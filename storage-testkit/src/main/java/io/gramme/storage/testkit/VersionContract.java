package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chapter on versions: a transition is told the version that all of its outcome then has. */
interface VersionContract extends ContractSubject {
    PartitionKey VERSIONS_LOG = new PartitionKey(TWO, Bytes.utf8("versions"));

    /** Each row and log record has the version that it was written for as its value. */
    private static <R> Outcome<R> stamped(List<RowKey> keys, List<PartitionKey> logs, long version, R answer) {
        Bytes value = Bytes.ofLong(version);
        return new Outcome<>(
                keys.stream().<Write>map(key -> new Write.Put(key, value)).toList(),
                logs.stream().map(log -> new Append(log, value)).toList(),
                answer);
    }

    private static <R> Transition.Versioned<R> stamping(List<RowKey> keys, List<PartitionKey> logs, R answer) {
        return (_, version) -> stamped(keys, logs, version, answer);
    }

    private void assertStamped(RowKey... keys) {
        assertThat(keys).allSatisfy(key -> {
            Row row = row(store(), key).orElseThrow();
            assertThat(row.version()).isEqualTo(row.value().longAt(0));
        });
    }

    private void assertLogIsStamped(int records) {
        var read = store().changes()
                .read(VERSIONS_LOG, LogPosition.START, Walk.AMPLE)
                .records();
        assertThat(read).hasSize(records);
        assertThat(read)
                .allSatisfy(record -> assertThat(record.position().version())
                        .isEqualTo(record.value().longAt(0)));
    }

    @Test
    default void rowsOfOnePartitionHaveTheVersionThatTheirTransitionWasTold() {
        RowKey row = key(ONE, "p", "i");
        RowKey unread = key(ONE, "p", "j");
        for (int i = 0; i < 3; i++) {
            store().transact(Set.of(row), stamping(List.of(row, unread), List.of(), true));
            assertStamped(row, unread);
        }
    }

    @Test
    default void rowsOfSeveralPartitionsHaveTheVersionThatTheirTransitionWasTold() {
        RowKey row = key(ONE, "p", "i");
        RowKey other = key(TWO, "q", "i");
        RowKey unread = key(TWO, "q", "j");
        put(store(), other, "old");
        for (int i = 0; i < 3; i++) {
            store().transact(
                            Set.of(row, other),
                            stamping(List.of(row, other, unread), List.of(VERSIONS_LOG, VERSIONS_LOG), true));
            assertStamped(row, other, unread);
        }
        assertLogIsStamped(6);
    }

    @Test
    default void logRecordsHaveTheVersionThatTheirTransitionWasTold() {
        RowKey row = key(ONE, "p", "i");
        store().transact(Set.of(row), stamping(List.of(row), List.of(VERSIONS_LOG, VERSIONS_LOG), true));
        store().transact(Set.of(), stamping(List.of(), List.of(VERSIONS_LOG), true));
        assertStamped(row);
        assertLogIsStamped(3);
    }

    @Test
    default void aRowElsewhereHasTheVersionThatItsTransitionWasTold() {
        RowKey row = key(ONE, "p", "i");
        RowKey beside = key(TWO, "elsewhere", "i");
        RowKey alone = key(TWO, "elsewhere", "j");
        put(store(), row, "value");
        store().transact(Set.of(row), stamping(List.of(row, beside), List.of(), true));
        store().transact(Set.of(row), stamping(List.of(alone), List.of(), true));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TransactionContract.APPEARS_WITHIN_SECONDS);
        while (Stream.of(beside, alone).anyMatch(key -> row(store(), key).isEmpty()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertStamped(row, beside, alone);
    }

    @Test
    default void aTransitionIsToldAVersionAboveWhatItReads() {
        RowKey row = key(ONE, "p", "i");
        put(store(), row, "value");
        boolean above = store().transact(Set.of(row), (Transition.Versioned<Boolean>) (current, version) ->
                Outcome.unchanged(Transition.row(current, row).orElseThrow().version() < version));
        assertThat(above).isTrue();
    }

    @Test
    default void transactionsOnOneHotPartitionAreToldTheirVersions() {
        List<RowKey> rows =
                Stream.of("ia", "ib").map(sort -> key(ONE, "hot", sort)).toList();
        RowKey elsewhere = key(TWO, "cold", "i");
        var torn = new AtomicBoolean();
        Threads.run(12, thread -> {
            for (int i = 0; i < 8; i++) {
                RowKey row = rows.get((thread + i) % 2);
                List<PartitionKey> logs = i % 2 == 0 ? List.of(VERSIONS_LOG) : List.of();
                boolean several = thread % 4 == 0;
                store().transact(several ? Set.of(row, elsewhere) : Set.copyOf(rows), (Transition.Versioned<Boolean>)
                        (current, version) -> {
                            if (!areStamped(current)) {
                                torn.set(true);
                            }
                            return stamped(several ? List.of(row, elsewhere) : List.of(row), logs, version, true);
                        });
            }
        });
        assertThat(torn).isFalse();
        assertStamped(rows.get(0), rows.get(1), elsewhere);
        assertLogIsStamped(12 * 4);
    }

    private static boolean areStamped(Map<RowKey, Optional<Row>> rows) {
        return rows.values().stream()
                .flatMap(Optional::stream)
                .allMatch(row -> row.version() == row.value().longAt(0));
    }
}
