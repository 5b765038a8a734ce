package io.gramme.encryption;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Fault;
import io.gramme.storage.testkit.FaultyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables under root keys of a key service. */
class TableKeysTest {
    private static final String ROOT = "arn:aws:kms:us-east-1:000000000000:key/one";
    private static final String OTHER_ROOT = "arn:aws:kms:us-east-1:000000000000:key/two";
    private static final Map<String, String> CONTEXT = Map.of("aws:dynamodb:tableName", "orders");
    private static final TablespaceId TABLE = new TablespaceId(1);
    private static final TablespaceId INDEX = new TablespaceId(2);
    private static final RowKey ROW = key(1, "p", "i");
    private static final RowKey OF_SERVER = key(3, "p", "i");

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private RowStore engine = new MemoryStore(InstantSource.system());
    private final RemoteKeys remote = new RemoteKeys();
    private EncryptedStore keys = TestKeys.seal(engine, KeyRules.DEFAULT, () -> now);
    private RowStore store = keys.sealed();
    private TableKey tableKey = assigned();

    private TableKey assigned() {
        keys.use(remote);
        TableKey made = keys.tableKeys().generate(ROOT, CONTEXT);
        write(keys.tableKeys().assign(made, List.of(TABLE, INDEX)));
        put(store, ROW, "one");
        return made;
    }

    private void write(List<Write> writes) {
        store.transact(writes.stream().map(Write::key).collect(Collectors.toSet()), _ -> new Outcome<>(writes, true));
    }

    /** The next process. */
    private EncryptedStore open(RowStore rows) {
        EncryptedStore opened = EncryptedStore.open(rows, TestKeys.owned(1), () -> now);
        opened.use(remote);
        return opened;
    }

    private void restart() {
        keys = open(engine);
        store = keys.sealed();
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private void assertRefused() {
        assertThatThrownBy(() -> row(store, ROW))
                .isInstanceOfSatisfying(
                        KeyUnusableException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(KeyUnusableException.Reason.DISABLED));
    }

    @Test
    void theDataKeysOfATableAreUnderItsKey() {
        assertThat(keys.tableKeys().of(TABLE)).contains(tableKey);
        assertThat(keys.tableKeys().of(new TablespaceId(3))).isEmpty();
        Row dataKey = row(engine, KeyRows.dataKey(TABLE, 1)).orElseThrow();
        assertThat(Codec.dataKey(dataKey.value()).tableKey()).isEqualTo(tableKey.id());
        restart();
        assertThat(value(store, ROW)).contains("one");
    }

    @Test
    void aKeyInUseIsValidatedBesideTheRequests() {
        int before = remote.unwraps();
        after(Duration.ofMinutes(3));
        assertThat(value(store, ROW)).contains("one");
        assertThat(remote.unwraps()).isEqualTo(before);
        after(Duration.ofMinutes(3));
        assertThat(value(store, ROW)).contains("one");
        Awaitility.await().until(() -> remote.unwraps() == before + 1);
    }

    @Test
    void aKeyServiceThatIsDownIsNotMissedForTheTimeOfGrace() {
        remote.down(true);
        for (int i = 0; i < 8; i++) {
            after(Duration.ofMinutes(4));
            assertThat(value(store, ROW)).contains("one");
            put(store, ROW, "one");
            keys.pass();
        }
        after(Duration.ofMinutes(4));
        assertThatThrownBy(() -> row(store, ROW)).isInstanceOf(KeyServiceDownException.class);
        assertThatThrownBy(() -> put(store, ROW, "two")).isInstanceOf(KeyServiceDownException.class);
        remote.down(false);
        assertThat(value(store, ROW)).contains("one");
    }

    @Test
    void aKeyThatWasNotInUseHasNoGrace() {
        remote.down(true);
        after(Duration.ofMinutes(6));
        assertThatThrownBy(() -> row(store, ROW)).isInstanceOf(KeyServiceDownException.class);
    }

    @Test
    void aDisabledKeyIsNoticedWhileItIsInUse() {
        remote.disable(ROOT);
        after(Duration.ofMinutes(3));
        assertThat(value(store, ROW)).contains("one");
        after(Duration.ofMinutes(3));
        Awaitility.await().untilAsserted(this::assertRefused);
    }

    @Test
    void aTableWhoseKeyIsDisabledIsRefusedAndAnotherIsNot() {
        remote.disable(ROOT);
        assertThatThrownBy(() -> keys.tableKeys().check(tableKey.id())).isInstanceOf(KeyUnusableException.class);
        assertRefused();
        assertThatThrownBy(() -> put(store, ROW, "two")).isInstanceOf(KeyUnusableException.class);
        put(store, OF_SERVER, "other");
        assertThat(value(store, OF_SERVER)).contains("other");
        remote.enable(ROOT);
        after(Duration.ofSeconds(3));
        assertThat(value(store, ROW)).contains("one");
        put(store, ROW, "two");
    }

    @Test
    void aRefusalIsBelievedForAMoment() {
        remote.disable(ROOT);
        assertThatThrownBy(() -> keys.tableKeys().check(tableKey.id())).isInstanceOf(KeyUnusableException.class);
        int before = remote.unwraps();
        for (int i = 0; i < 5; i++) {
            assertRefused();
        }
        assertThat(remote.unwraps()).isEqualTo(before);
    }

    @Test
    void keysThatAreNotUsedAreDropped() {
        after(Duration.ofMinutes(6));
        keys.pass();
        int before = remote.unwraps();
        assertThat(value(store, ROW)).contains("one");
        assertThat(value(store, ROW)).contains("one");
        assertThat(remote.unwraps()).isEqualTo(before + 1);
    }

    @Test
    void aTableUnderAnotherKeyNeedsTheOldOneNoMore() {
        Row sealed = row(engine, ROW).orElseThrow();
        TableKey other = keys.tableKeys().generate(OTHER_ROOT, CONTEXT);
        keys.tableKeys().rewrap(List.of(TABLE, INDEX), other);
        remote.disable(ROOT);
        assertThat(row(engine, ROW)).as("no row is rewritten").contains(sealed);
        assertThat(row(engine, KeyRows.tableKey(tableKey.id()))).isEmpty();
        assertThat(value(store, ROW)).contains("one");
        restart();
        assertThat(keys.tableKeys().of(TABLE)).contains(other);
        assertThat(value(store, ROW)).contains("one");
        put(store, ROW, "two");
        remote.disable(OTHER_ROOT);
        restart();
        assertRefused();
    }

    /** An engine whose call of a number fails. */
    private static FaultyStore failing(RowStore engine, AtomicInteger left, Fault fault) {
        return new FaultyStore(engine, () -> left.getAndDecrement() == 0 ? fault : Fault.NONE);
    }

    private void startAnew() {
        engine = new MemoryStore(InstantSource.system());
        keys = TestKeys.seal(engine, KeyRules.DEFAULT, () -> now);
        store = keys.sealed();
        remote.enable(ROOT);
        tableKey = assigned();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_BEFORE", "ERROR_AFTER"})
    void aChangeOfTheKeyThatACrashInterruptedIsRepeated(Fault fault) {
        boolean isDone = false;
        int step = 0;
        for (; !isDone; step++) {
            startAnew();
            var left = new AtomicInteger(-1);
            EncryptedStore crashing = open(failing(engine, left, fault));
            TableKey other = keys.tableKeys().generate(OTHER_ROOT, CONTEXT);
            left.set(step);
            attempt(() -> crashing.tableKeys().rewrap(List.of(TABLE, INDEX), other));
            isDone = left.get() >= 0;
            restart();
            assertThat(value(store, ROW)).as("step " + step).contains("one");
            keys.tableKeys().rewrap(List.of(TABLE, INDEX), other);
            remote.disable(ROOT);
            restart();
            assertThat(value(store, ROW)).as("step " + step).contains("one");
            assertThat(row(engine, KeyRows.tableKey(tableKey.id())))
                    .as("step " + step)
                    .isEmpty();
        }
        assertThat(step).isGreaterThan(5);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (StorageException _) {
            // The process ends here.
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_BEFORE", "ERROR_AFTER"})
    void aCrashBetweenANewDataKeyAndItsFirstUseLosesNothing(Fault fault) {
        boolean isDone = false;
        int step = 0;
        for (; !isDone; step++) {
            startAnew();
            var left = new AtomicInteger(-1);
            RowStore crashing = open(failing(engine, left, fault)).sealed();
            left.set(step);
            attempt(() -> put(crashing, ROW, "two"));
            isDone = left.get() >= 0;
            restart();
            assertThat(value(store, ROW)).as("step " + step).isIn(Optional.of("one"), Optional.of("two"));
            put(store, ROW, "three");
            restart();
            assertThat(value(store, ROW)).as("step " + step).contains("three");
        }
        assertThat(step).isGreaterThan(2);
    }

    @Test
    void theKeyOfATableIsDestroyedWithItsLastTablespace() {
        write(keys.tableKeys().destroy(List.of(INDEX)));
        assertThat(row(engine, KeyRows.tableKey(tableKey.id()))).isPresent();
        assertThat(value(store, ROW)).contains("one");
        write(keys.tableKeys().destroy(List.of(TABLE)));
        assertThat(row(engine, KeyRows.tableKey(tableKey.id()))).isEmpty();
        assertThat(row(engine, KeyRows.dataKey(TABLE, 1))).isEmpty();
        restart();
        assertThatThrownBy(() -> row(store, ROW))
                .isInstanceOfSatisfying(
                        SealBrokenException.class,
                        broken -> assertThat(broken.fault()).isEqualTo(SealBrokenException.Fault.KEY_MISSING));
    }
}
