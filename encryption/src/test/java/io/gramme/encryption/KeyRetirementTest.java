package io.gramme.encryption;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyRetirement.Swept;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.ForwardingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Fault;
import io.gramme.storage.testkit.FaultyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRetirementTest {
    private static final TablespaceId TABLE = new TablespaceId(1);
    private static final int KIND = 'i';
    private static final Budget PAGE = new Budget(7, 1 << 20);

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final RowStore engine = new MemoryStore(InstantSource.system());
    private EncryptedStore keys = open(engine);
    private final Map<RowKey, String> written = new HashMap<>();

    private EncryptedStore open(RowStore store) {
        return TestKeys.seal(store, KeyRules.DEFAULT, () -> now);
    }

    private void write(int number, String text) {
        RowKey row = key(1, "p" + number, "i");
        put(keys.sealed(), row, text);
        written.put(row, text);
    }

    private void writeAll(int rows, String text) {
        for (int i = 0; i < rows; i++) {
            write(i, text + i);
        }
    }

    private void pass(int hours) {
        now = now.plus(Duration.ofHours(hours));
    }

    /** Reads every row with the keys that are in the store now. */
    private void assertAllOpen() {
        RowStore fresh = open(engine).sealed();
        written.forEach((row, text) -> assertThat(value(fresh, row)).contains(text));
    }

    @Test
    void keysFromBeforeTheLastDayAreDestroyedOnceNoRowNeedsThem() {
        writeAll(20, "first ");
        pass(26);
        write(3, "second");
        Instant began = now;
        rewriteAll(keys.retirement(), began, Row::value);
        assertThat(keys.retirement().destroy(TABLE, began)).isEqualTo(1);
        assertAllOpen();
        assertThat(keys.retirement().destroy(TABLE, began)).isZero();
    }

    @Test
    void aKeyWithWhichAServerMayStillSealIsLeft() {
        writeAll(20, "first ");
        pass(24);
        rewriteAll(keys.retirement(), now, Row::value);
        assertThat(keys.retirement().destroy(TABLE, now)).isZero();
        assertAllOpen();
    }

    @Test
    void aRowThatWasNotWrittenAgainIsLostWithItsKey() {
        writeAll(2, "first ");
        pass(26);
        keys.retirement().destroy(TABLE, now);
        RowStore fresh = open(engine).sealed();
        assertThatThrownBy(() -> value(fresh, key(1, "p0", "i"))).isInstanceOf(SealBrokenException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theWorkGoesOnAfterACrashAtAnyCallAndBesideWriters(long seed) {
        var random = new SplittableRandom(seed);
        writeAll(40, "first ");
        pass(12);
        writeAll(15, "second ");
        pass(27);
        Instant began = now;
        Optional<RowKey> reached = Optional.empty();
        boolean exhausted = false;
        while (!exhausted) {
            var left = new AtomicInteger(Integer.MAX_VALUE);
            KeyRetirement crashing = open(new FaultyStore(
                            engine, () -> left.decrementAndGet() < 0 ? Fault.ERROR_AFTER : Fault.NONE))
                    .retirement();
            left.set(random.nextInt(8));
            try {
                Swept swept = crashing.rewrite(range(reached), began, PAGE, Row::value);
                reached = swept.last();
                exhausted = swept.exhausted();
            } catch (RuntimeException _) {
                // The crash: the same page again.
            }
            write(random.nextInt(60), "later " + random.nextInt());
        }
        assertThat(keys.retirement().destroy(TABLE, began)).isPositive();
        assertAllOpen();
    }

    /** Destroys the old keys between the read of the engine and the opening of what was read. */
    private final class LateReader extends ForwardingStore {
        private boolean destroyed;

        LateReader() {
            super(engine);
        }

        private <T> T late(RowKey key, T found) {
            if (!destroyed && key.partition().tablespace().equals(TABLE)) {
                destroyed = true;
                rewriteAll(keys.retirement(), now, Row::value);
                assertThat(keys.retirement().destroy(TABLE, now)).isPositive();
            }
            return found;
        }

        @Override
        public Optional<Row> get(RowKey key, Consistency consistency) {
            return late(key, super.get(key, consistency));
        }
    }

    @Test
    void aReadThatMeetsTheEndOfAKeyReadsAgain() {
        writeAll(3, "first ");
        pass(26);
        RowStore reader = open(new LateReader()).sealed();
        assertThat(value(reader, key(1, "p0", "i"))).contains("first 0");
        assertThat(value(reader, key(1, "p1", "i"))).contains("first 1");
    }

    @Test
    void aReplicaThatLagsBehindTheRewriteIsPassedOver() {
        writeAll(3, "first ");
        RowKey late = key(1, "p0", "i");
        Optional<Row> before = engine.get(late, Consistency.STRONG);
        pass(26);
        rewriteAll(keys.retirement(), now, Row::value);
        keys.retirement().destroy(TABLE, now);
        RowStore lagging = new ForwardingStore(engine) {
            @Override
            public Optional<Row> get(RowKey key, Consistency consistency) {
                return key.equals(late) && consistency == Consistency.EVENTUAL ? before : super.get(key, consistency);
            }
        };
        assertThat(open(lagging).sealed().get(late, Consistency.EVENTUAL).map(Row::value))
                .contains(Bytes.utf8("first 0"));
    }

    private static HashRange range(Optional<RowKey> after) {
        HashRange whole = HashRange.whole(TABLE, KIND);
        return after.map(whole::after).orElse(whole);
    }

    private static void rewriteAll(
            KeyRetirement retirement,
            Instant began,
            java.util.function.Function<Row, io.gramme.core.bytes.Bytes> value) {
        Optional<RowKey> reached = Optional.empty();
        boolean exhausted = false;
        while (!exhausted) {
            Swept swept = retirement.rewrite(range(reached), began, PAGE, value);
            reached = swept.last();
            exhausted = swept.exhausted();
        }
    }
}
