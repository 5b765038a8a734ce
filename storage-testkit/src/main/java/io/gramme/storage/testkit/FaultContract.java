package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.increment;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.putAll;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chapter on injected faults: a write that failed is wholly there or not at all. */
interface FaultContract extends ContractSubject {
    Set<RowKey> TOGETHER = Set.of(key(ONE, "p", "ia"), key(ONE, "p", "ib"), key(ONE, "q", "ia"), key(TWO, "p", "j"));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    default void aWriteThatFailedIsWhollyThereOrNotAtAll(long seed) {
        var faulty = new FaultyStore(store(), Fault.oneIn(2, seed));
        String before = "nothing";
        putAll(store(), together(before));
        for (int i = 0; i < 100; i++) {
            String after = "value " + i;
            boolean failed = fails(() -> putAll(faulty, together(after)));
            Set<String> found = new HashSet<>(snapshot(store(), TOGETHER).values());
            assertThat(found).hasSize(1);
            String left = found.iterator().next();
            assertThat(left).isIn(failed ? Set.of(before, after) : Set.of(after));
            before = left;
        }
    }

    private static Map<RowKey, String> together(String value) {
        return TOGETHER.stream().collect(Collectors.toMap(it -> it, _ -> value));
    }

    private static boolean fails(Runnable write) {
        try {
            write.run();
            return false;
        } catch (StorageException _) {
            return true;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    default void incrementsUnderFaultsAreCountedOnceAtMostAndIfAcknowledgedOnce(long seed) {
        RowKey counter = key(ONE, "p", "i");
        var faulty = new FaultyStore(store(), Fault.oneIn(4, seed));
        var acknowledged = new AtomicInteger();
        var failed = new AtomicInteger();
        Threads.run(8, _ -> {
            for (int i = 0; i < 25; i++) {
                (fails(() -> increment(faulty, counter)) ? failed : acknowledged).incrementAndGet();
            }
        });
        assertThat(number(row(store(), counter)))
                .isBetween((long) acknowledged.get(), (long) acknowledged.get() + failed.get());
    }
}
