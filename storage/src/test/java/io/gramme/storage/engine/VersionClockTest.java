package io.gramme.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class VersionClockTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00.000001500Z");
    private final VersionClock clock = new VersionClock(() -> now);

    private long nowMicros() {
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    @Test
    void aVersionIsTheTimeInMicroseconds() {
        assertThat(clock.next()).isEqualTo(nowMicros());
    }

    @Test
    void versionsGrowWhileTheClockStands() {
        long first = clock.next();
        assertThat(clock.next()).isEqualTo(first + 1);
        assertThat(clock.next()).isEqualTo(first + 2);
    }

    @Test
    void versionsGrowWhileTheClockRunsBackAndFollowItAgainLater() {
        long first = clock.next();
        now = now.minusSeconds(3600);
        assertThat(clock.next()).isEqualTo(first + 1);
        now = now.plusSeconds(7200);
        assertThat(clock.next()).isEqualTo(nowMicros());
    }

    @Test
    void versionsAreAboveWhatWasObserved() {
        long ahead = nowMicros() + 1_000_000;
        clock.observe(ahead);
        assertThat(clock.next()).isEqualTo(ahead + 1);
        clock.observe(5);
        assertThat(clock.next()).isEqualTo(ahead + 2);
    }

    @Test
    void theVersionOfATransactionIsAboveThoseOfTheRowsItRead() {
        long ahead = nowMicros() + 50;
        var key = new RowKey(new PartitionKey(new TablespaceId(1), Bytes.EMPTY), Bytes.of(1));
        List<Optional<Row>> read = List.of(
                Optional.of(new Row(key, Bytes.EMPTY, 7)),
                Optional.empty(),
                Optional.of(new Row(key, Bytes.EMPTY, ahead)));
        assertThat(clock.versionAbove(read)).isEqualTo(ahead + 1);
    }

    @Test
    void noVersionIsGivenTwiceToThreadsThatAskAtOnce() throws InterruptedException {
        var shared = new VersionClock(InstantSource.system());
        Set<Long> given = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    given.add(shared.next());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(given).hasSize(40_000);
    }
}
