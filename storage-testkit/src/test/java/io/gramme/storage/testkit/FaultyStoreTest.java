package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.Outcome;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {
    private static final RowKey KEY = key(1, "p", "i");

    private final RowStore inner = new MemoryStore(InstantSource.system());

    private FaultyStore with(Fault fault) {
        return new FaultyStore(inner, Fault.always(fault));
    }

    @Test
    void anErrorBeforeWritesNothing() {
        assertThatThrownBy(() -> put(with(Fault.ERROR_BEFORE), KEY, "value")).isInstanceOf(StorageException.class);
        assertThat(value(inner, KEY)).isEmpty();
    }

    @Test
    void anErrorAfterWritesEverything() {
        assertThatThrownBy(() -> put(with(Fault.ERROR_AFTER), KEY, "value")).isInstanceOf(StorageException.class);
        assertThat(value(inner, KEY)).contains("value");
    }

    @Test
    void readsFailToo() {
        assertThatThrownBy(() -> value(with(Fault.ERROR_BEFORE), KEY)).isInstanceOf(StorageException.class);
    }

    @Test
    void aTransitionThatDecidesOtherwiseWhenRunAgainIsCaught() {
        var runs = new AtomicInteger();
        assertThatThrownBy(() -> with(Fault.RERUN)
                        .transact(
                                Set.of(KEY), _ -> new Outcome<>(List.of(put(KEY, "run " + runs.incrementAndGet())), 0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("decides otherwise");
        assertThat(value(inner, KEY)).isEmpty();
    }

    @Test
    void aTransitionThatWritesAKeyTwiceIsCaught() {
        assertThatThrownBy(() -> with(Fault.NONE)
                        .transact(Set.of(KEY), _ -> new Outcome<>(List.of(put(KEY, "a"), put(KEY, "b")), 0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("twice");
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(sequence(Fault.oneIn(3, 7)))
                .isEqualTo(sequence(Fault.oneIn(3, 7)))
                .contains(Fault.values());
        assertThat(sequence(Fault.oneIn(3, 7))).isNotEqualTo(sequence(Fault.oneIn(3, 8)));
    }

    private static List<Fault> sequence(Supplier<Fault> faults) {
        return Stream.generate(faults).limit(200).toList();
    }
}
