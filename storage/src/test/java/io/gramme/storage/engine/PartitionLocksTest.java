package io.gramme.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartitionLocksTest {
    private final PartitionLocks locks = new PartitionLocks();

    private static RowKey row(String partition, String sort) {
        return new RowKey(new PartitionKey(new TablespaceId(1), Bytes.utf8(partition)), Bytes.utf8(sort));
    }

    @Test
    void rowsOfOnePartitionExcludeEachOther() throws InterruptedException {
        Thread other = Thread.ofVirtual()
                .unstarted(() -> locks.lock(Set.of(row("p", "b"))).close());
        try (var _ = locks.lock(Set.of(row("p", "a")))) {
            other.start();
            assertThat(other.join(Duration.ofMillis(50))).isFalse();
        }
        other.join();
    }

    @Test
    void otherPartitionsAreNotHeldUp() throws InterruptedException {
        try (var _ = locks.lock(Set.of(row("p", "a")))) {
            Thread other = Thread.startVirtualThread(
                    () -> locks.lock(Set.of(row("q", "a"))).close());
            other.join();
        }
    }

    @Test
    void severalRowsOfOnePartitionAreLockedOnce() {
        locks.lock(Set.of(row("p", "a"), row("p", "b"), row("q", "a"))).close();
        locks.lock(Set.of(row("p", "a"))).close();
    }

    @Test
    void noRowsNeedNoLock() {
        locks.lock(Set.of()).close();
    }

    @Test
    void whoeverLosesPatienceHoldsNothing() throws InterruptedException {
        List<RowKey> rows =
                IntStream.range(0, 20).mapToObj(i -> row("p" + i, "a")).toList();
        var gaveUp = new ArrayList<Boolean>();
        try (var _ = locks.lock(Set.of(rows.getLast()))) {
            Thread other = Thread.startVirtualThread(() -> gaveUp.add(
                    locks.lock(Set.copyOf(rows), Duration.ofMillis(20)).isEmpty()));
            other.join();
        }
        assertThat(gaveUp).containsExactly(true);
        Thread next = Thread.startVirtualThread(() -> locks.lock(Set.copyOf(rows), Duration.ofSeconds(30))
                .orElseThrow()
                .close());
        next.join();
    }

    @Test
    void transactionsThatWantTheSamePartitionsInAnyOrderDoNotWaitInACircle() throws InterruptedException {
        List<RowKey> rows =
                IntStream.range(0, 40).mapToObj(i -> row("p" + i, "a")).toList();
        int[] entered = new int[1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var random = new Random(i);
            threads.add(Thread.startVirtualThread(() -> {
                for (int n = 0; n < 500; n++) {
                    List<RowKey> shuffled = new ArrayList<>(rows);
                    Collections.shuffle(shuffled, random);
                    // 21 of 40: any two transactions have a partition in common.
                    try (var _ = locks.lock(new HashSet<>(shuffled.subList(0, 21)))) {
                        entered[0]++;
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(entered[0]).isEqualTo(8 * 500);
    }
}
