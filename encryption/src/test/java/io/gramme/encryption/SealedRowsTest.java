package io.gramme.encryption;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Fault;
import io.gramme.storage.testkit.FaultyStore;
import io.gramme.storage.testkit.Walk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SealedRowsTest {
    private static final RowKey ROW = key(1, "p", "i");
    private static final RowKey OTHER = key(1, "q", "i");
    private static final RowKey ELSEWHERE = key(2, "p", "i");
    private static final PartitionKey LOG = new PartitionKey(new TablespaceId(1), Bytes.utf8("log"));

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final RowStore engine = new MemoryStore(InstantSource.system());
    private EncryptedStore keys = TestKeys.seal(engine, KeyRules.DEFAULT, () -> now);
    private RowStore store = keys.sealed();

    private void assertBroken(RowKey key, SealBrokenException.Fault fault) {
        assertThatThrownBy(() -> row(store, key))
                .isInstanceOfSatisfying(
                        SealBrokenException.class,
                        broken -> assertThat(broken.fault()).isEqualTo(fault))
                .hasMessageContaining("tablespace=" + key.partition().tablespace() + " kind=105");
    }

    private Bytes raw(RowKey key) {
        return row(engine, key).orElseThrow().value();
    }

    @Test
    void theEngineGetsNoValueInClear() {
        put(store, ROW, "a secret value");
        assertThat(new String(raw(ROW).shared(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(raw(ROW).length()).isEqualTo("a secret value".length() + Envelope.OVERHEAD);
        assertThat(value(store, ROW)).contains("a secret value");
    }

    /** Between its publication and its first use, too. */
    @ParameterizedTest
    @EnumSource(names = {"ERROR_BEFORE", "ERROR_AFTER"})
    void aProcessThatEndsWhileItMakesADataKeyLosesNothing(Fault fault) {
        var written = new HashMap<RowKey, String>();
        for (int calls = 0; calls < 12; calls++) {
            RowKey row = key(1, "p" + calls, "i");
            var left = new AtomicInteger(Integer.MAX_VALUE);
            RowStore dying = TestKeys.seal(
                            new FaultyStore(engine, () -> left.decrementAndGet() < 0 ? fault : Fault.NONE))
                    .sealed();
            left.set(calls);
            try {
                put(dying, row, "by the first");
                written.put(row, "by the first");
            } catch (StorageException _) {
                // It may have been written, or not.
            }
            RowStore next = TestKeys.seal(engine).sealed();
            assertThat(value(next, row)).isIn(Optional.empty(), Optional.of("by the first"));
            put(next, key(1, "q" + calls, "i"), "by the next");
            written.put(key(1, "q" + calls, "i"), "by the next");
            written.forEach((one, text) -> assertThat(value(next, one)).contains(text));
        }
        assertThat(written).hasSizeGreaterThan(12);
    }

    @Test
    void aRowInThePlaceOfAnotherDoesNotOpen() {
        put(store, ROW, "one");
        put(store, OTHER, "two");
        put(engine, OTHER, raw(ROW));
        assertBroken(OTHER, SealBrokenException.Fault.MISPLACED);
    }

    @Test
    void aRowInAnotherTablespaceDoesNotOpen() {
        put(store, ROW, "one");
        put(store, ELSEWHERE, "two");
        put(engine, ELSEWHERE, raw(ROW));
        assertBroken(ELSEWHERE, SealBrokenException.Fault.MISPLACED);
    }

    @Test
    void anOlderValueUnderANewerVersionDoesNotOpen() {
        put(store, ROW, "one");
        Bytes old = raw(ROW);
        put(store, ROW, "two");
        put(engine, ROW, old);
        assertBroken(ROW, SealBrokenException.Fault.MISPLACED);
        assertThatThrownBy(() -> store.transact(Set.of(ROW), Outcome::unchanged))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void changedBytesDoNotOpen() {
        put(store, ROW, "one");
        byte[] changed = raw(ROW).toArray();
        changed[changed.length - 1] ^= 1;
        put(engine, ROW, Bytes.wrap(changed));
        assertBroken(ROW, SealBrokenException.Fault.TORN);
        put(engine, ROW, Bytes.utf8("one"));
        assertBroken(ROW, SealBrokenException.Fault.TORN);
    }

    @Test
    void aRowWhoseDataKeyIsGoneDoesNotOpen() {
        put(store, ROW, "one");
        keys.forget(ROW.partition().tablespace());
        RowKey dataKey = KeyRows.dataKey(ROW.partition().tablespace(), 1);
        engine.transact(Set.of(dataKey), _ -> new Outcome<>(List.of(new Write.Delete(dataKey)), true));
        assertBroken(ROW, SealBrokenException.Fault.KEY_MISSING);
    }

    @Test
    void aLogRecordOfAnotherTransactionDoesNotOpen() {
        store.transact(Set.of(), _ -> new Outcome<>(List.of(), List.of(new Append(LOG, Bytes.utf8("record"))), true));
        var changes = store.changes();
        assertThat(changes.read(LOG, LogPosition.START, Walk.AMPLE).records())
                .extracting(record -> record.value())
                .containsExactly(Bytes.utf8("record"));
        Bytes sealed = engine.changes()
                .read(LOG, LogPosition.START, Walk.AMPLE)
                .records()
                .getFirst()
                .value();
        engine.transact(Set.of(), _ -> new Outcome<>(List.of(), List.of(new Append(LOG, sealed)), true));
        assertThatThrownBy(() -> changes.read(LOG, LogPosition.START, Walk.AMPLE))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("what=record tablespace=1");
    }

    @Test
    void anImageOfAnotherChangeDoesNotOpen() {
        put(store, ROW, "one");
        LogPosition before = store.changes().complete();
        retain(store, Bytes.utf8("one"));
        assertThat(store.history().first(ROW, before).orElseThrow().before()).contains(Bytes.utf8("one"));
        Bytes sealed =
                engine.history().first(ROW, before).orElseThrow().before().orElseThrow();
        LogPosition between = store.changes().complete();
        retain(engine, sealed);
        assertThatThrownBy(() -> store.history().first(ROW, between))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("what=image");
    }

    private static void retain(RowStore store, Bytes before) {
        store.transact(
                Set.of(ROW),
                current -> new Outcome<>(
                        List.of(put(ROW, "new")),
                        List.of(),
                        List.of(new Retained(ROW, Optional.of(before), Duration.ofDays(1))),
                        Transition.row(current, ROW).map(Row::version)));
    }

    @Test
    void aDataKeyIsReplacedAfterItsLife() {
        put(store, ROW, "one");
        now = now.plus(Duration.ofHours(23));
        put(store, OTHER, "two");
        now = now.plus(Duration.ofHours(2));
        put(store, OTHER, "three");
        assertThat(raw(ROW).intAt(1)).isEqualTo(1);
        assertThat(raw(OTHER).intAt(1)).isEqualTo(2);
        assertThat(value(store, ROW)).contains("one");
        assertThat(value(store, OTHER)).contains("three");
    }

    @Test
    void aDataKeyIsReplacedAfterItsUses() {
        KeyRules three = new KeyRules(
                3,
                Duration.ofDays(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofSeconds(2));
        store = EncryptedStore.open(engine, TestKeys.owned(1), three, () -> now).sealed();
        for (int i = 0; i < 7; i++) {
            put(store, key(1, "p" + i, "i"), "value");
        }
        assertThat(raw(key(1, "p2", "i")).intAt(1)).isEqualTo(1);
        assertThat(raw(key(1, "p3", "i")).intAt(1)).isEqualTo(2);
        assertThat(raw(key(1, "p6", "i")).intAt(1)).isEqualTo(3);
    }

    @Test
    void twoProcessesHaveKeysOfTheirOwnAndReadEachOthersRows() {
        RowStore other = TestKeys.seal(engine).sealed();
        put(store, ROW, "one");
        put(other, OTHER, "two");
        assertThat(raw(ROW).intAt(1)).isNotEqualTo(raw(OTHER).intAt(1));
        assertThat(value(other, ROW)).contains("one");
        assertThat(value(store, OTHER)).contains("two");
    }

    @Test
    void anotherServerKeyIsRefused() {
        assertThatThrownBy(() -> EncryptedStore.open(engine, TestKeys.owned(2), InstantSource.system()))
                .isInstanceOf(StorageException.class)
                .hasMessage("the store is sealed with the server key 00000001, which is not the one that was given");
    }

    @Test
    void theServerKeyIsReplaced() {
        put(store, ROW, "one");
        OwnedKeys both = TestKeys.owned(2, 1);
        EncryptedStore.open(engine, both, InstantSource.system()).useFirstServerKey(both);
        RowStore later = EncryptedStore.open(engine, TestKeys.owned(2), InstantSource.system())
                .sealed();
        assertThat(value(later, ROW)).contains("one");
    }

    @Test
    void aDroppedTablespaceLosesItsKeys() {
        put(store, ROW, "one");
        store.drop(ROW.partition().tablespace());
        assertThat(row(engine, KeyRows.dataKey(ROW.partition().tablespace(), 1)))
                .isEmpty();
    }
}
