package io.gramme.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.ForwardingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricStoreTest {
    private static final AccountRegion OWNER = new AccountRegion("111111111111", "eu-west-1");
    private static final MetricId READS =
            MetricId.of(OWNER, Metric.CONSUMED_READ, new Dimension(Dimension.TABLE, "Music"));
    private static final MetricId LATENCY = MetricId.of(
            OWNER,
            Metric.LATENCY,
            new Dimension(Dimension.TABLE, "Music"),
            new Dimension(Dimension.OPERATION, "GetItem"));
    private static final int MANY = 100;

    private final VirtualClock clock = new VirtualClock();
    private final RowStore rows = new MemoryStore(clock);
    private final MetricStore store = process(1);

    @AfterEach
    void close() {
        rows.close();
    }

    private MetricStore process(long number) {
        return new MetricStore(rows, clock, number, MANY);
    }

    private long minute() {
        return clock.millis() / 60_000;
    }

    private NavigableMap<Long, Summary> read(MetricStore from, MetricId id) {
        var minutes = new TreeMap<Long, Summary>();
        from.read(id, 0, minute() + 1, (minute, values) -> minutes.merge(minute, values, Summary::plus));
        return minutes;
    }

    private List<Long> sums(MetricStore from, MetricId id) {
        return read(from, id).values().stream().map(Summary::sum).toList();
    }

    @Test
    void theValuesOfAMinuteAreSummedUp() {
        store.record(READS, 1);
        store.record(READS, 4);
        clock.advance(Duration.ofMinutes(1));
        store.record(READS, 7);
        assertThat(read(store, READS).firstEntry().getValue())
                .usingRecursiveComparison()
                .isEqualTo(new Summary(2, 5, 1, 4, Summary.NO_BUCKETS));
        assertThat(read(store, READS).lastEntry().getKey()).isEqualTo(minute());
        assertThat(sums(store, READS)).containsExactly(5L, 7L);
    }

    @Test
    void aRestartLosesThePresentMinuteOnly() {
        store.record(READS, 5);
        store.record(LATENCY, 900);
        clock.advance(Duration.ofMinutes(1));
        store.store();
        store.record(READS, 1);
        MetricStore restarted = process(2);
        assertThat(sums(restarted, READS)).containsExactly(5L);
        assertThat(read(restarted, LATENCY).firstEntry().getValue().percentile(50))
                .contains(900.0);
        restarted.record(READS, 2);
        clock.advance(Duration.ofMinutes(1));
        restarted.store();
        assertThat(sums(process(3), READS)).containsExactly(5L, 2L);
    }

    @Test
    void aServerThatClosesStoresThePresentMinute() {
        store.record(READS, 5);
        store.storeAll();
        assertThat(sums(process(2), READS)).containsExactly(5L);
    }

    @Test
    void serversAddUp() {
        MetricStore other = process(2);
        store.record(READS, 5);
        other.record(READS, 6);
        clock.advance(Duration.ofMinutes(1));
        store.store();
        other.store();
        assertThat(sums(store, READS)).containsExactly(11L);
        assertThat(sums(other, READS)).containsExactly(11L);
        assertThat(sums(process(3), READS)).containsExactly(11L);
    }

    @Test
    void nothingIsCountedTwiceAcrossHoursAndPasses() {
        long sum = 0;
        for (int i = 1; i <= 150; i++) {
            store.record(READS, i);
            sum += i;
            assertThat(sums(store, READS).stream().mapToLong(one -> one).sum()).isEqualTo(sum);
            clock.advance(Duration.ofMinutes(1));
            if (i % 7 == 0) {
                store.store();
            }
        }
        store.store();
        assertThat(read(store, READS)).hasSize(150);
        assertThat(read(process(2), READS)).hasSize(150);
    }

    @Test
    void aReaderGetsTheMinutesThatItAsksFor() {
        for (int i = 0; i < 130; i++) {
            store.record(READS, i);
            clock.advance(Duration.ofMinutes(1));
            store.store();
        }
        var found = new ArrayList<Long>();
        store.read(READS, minute() - 100, minute() - 98, (_, values) -> found.add(values.sum()));
        assertThat(found).containsExactlyInAnyOrder(30L, 31L);
    }

    @Test
    void whatCannotBeStoredIsStoredLater() {
        var broken = new Breakable(rows);
        var unlucky = new MetricStore(broken, clock, 9, MANY);
        unlucky.record(READS, 5);
        clock.advance(Duration.ofMinutes(1));
        broken.isBroken = true;
        assertThatThrownBy(unlucky::store).isInstanceOf(StorageException.class);
        assertThat(sums(unlucky, READS)).containsExactly(5L);
        broken.isBroken = false;
        unlucky.store();
        assertThat(sums(process(2), READS)).containsExactly(5L);
    }

    private static final class Breakable extends ForwardingStore {
        private boolean isBroken;

        Breakable(RowStore store) {
            super(store);
        }

        @Override
        public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
            if (isBroken) {
                throw new StorageException("broken");
            }
            return super.transact(reads, transition);
        }
    }

    @Test
    void fifteenDaysAreKept() {
        store.record(READS, 5);
        clock.advance(Duration.ofMinutes(1));
        store.store();
        clock.advance(Duration.ofDays(14));
        store.record(LATENCY, 5);
        assertThat(sums(store, READS)).containsExactly(5L);
        clock.advance(Duration.ofDays(1).plusHours(2));
        assertThat(sums(store, READS)).isEmpty();
        store.store();
        store.expire();
        store.reload();
        var ids = new ArrayList<MetricId>();
        store.ids(OWNER, (id, _) -> ids.add(id));
        assertThat(ids).containsExactly(LATENCY);
        ids.clear();
        process(2).ids(OWNER, (id, _) -> ids.add(id));
        assertThat(ids).containsExactly(LATENCY);
    }

    @Test
    void aSeriesThatWasForgottenBeginsAnew() {
        var metrics = new TableMetrics(store);
        var table = new TableName(OWNER, "Music");
        metrics.add(Metric.CONSUMED_READ, table, 5);
        clock.advance(Duration.ofDays(16));
        store.store();
        store.expire();
        store.reload();
        metrics.add(Metric.CONSUMED_READ, table, 6);
        assertThat(sums(store, READS)).containsExactly(6L);
        clock.advance(Duration.ofMinutes(1));
        store.store();
        assertThat(sums(process(2), READS)).containsExactly(6L);
    }

    /** All series are stored, and then nothing is added to them for longer than they are kept. */
    private void forgetEverything() {
        clock.advance(Duration.ofMinutes(1));
        store.store();
        clock.advance(Duration.ofDays(16));
        store.store();
        store.expire();
        store.reload();
        assertThat(store.received()).isEmpty();
    }

    @Test
    void aRecorderGoesOnWithTheNewSeriesAfterItsOwnWasForgotten() {
        var recorder =
                new TableMetrics(store).recorder(Metric.CONSUMED_READ, new TableName(OWNER, "Music"), Optional.empty());
        recorder.add(5);
        forgetEverything();
        recorder.add(6);
        recorder.add(7);
        assertThat(sums(store, READS)).containsExactly(13L);
    }

    @Test
    void aRecorderBeyondTheBoundRecordsAsSoonAsThereIsRoom() {
        for (int i = 0; i < MANY; i++) {
            store.record(MetricId.of(OWNER, Metric.CONSUMED_WRITE, new Dimension(Dimension.TABLE, "T" + i)), 1);
        }
        var recorder =
                new TableMetrics(store).recorder(Metric.CONSUMED_READ, new TableName(OWNER, "Music"), Optional.empty());
        recorder.add(5);
        assertThat(store.dropped()).isEqualTo(1);
        forgetEverything();
        recorder.add(6);
        assertThat(store.dropped()).isEqualTo(1);
        assertThat(sums(store, READS)).containsExactly(6L);
    }

    @Test
    void aMetricWithPercentilesKnowsTheNumberOfItsValues() {
        store.record(LATENCY, 0);
        store.record(LATENCY, 3);
        store.record(LATENCY, 1_000_000);
        Summary values = read(store, LATENCY).firstEntry().getValue();
        assertThat(values.count()).isEqualTo(3);
        assertThat(values.sum()).isEqualTo(1_000_003);
        assertThat(values.min()).isZero();
        assertThat(values.max()).isEqualTo(1_000_000);
    }

    @Test
    void newSeriesBeyondTheBoundAreDroppedAndCounted() {
        for (int i = 0; i < MANY + 5; i++) {
            store.record(MetricId.of(OWNER, Metric.CONSUMED_READ, new Dimension(Dimension.TABLE, "T" + i)), 1);
        }
        assertThat(store.dropped()).isEqualTo(5);
        assertThat(store.received()).hasSize(MANY);
        store.record(MetricId.of(OWNER, Metric.CONSUMED_READ, new Dimension(Dimension.TABLE, "T0")), 1);
        assertThat(store.dropped()).isEqualTo(5);
    }

    @Test
    void manyThreadsLoseNoValue() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int value = 1; value <= 10_000; value++) {
                    store.record(LATENCY, value);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Summary all = read(store, LATENCY).firstEntry().getValue();
        assertThat(all.count()).isEqualTo(80_000);
        assertThat(all.sum()).isEqualTo(8L * 10_000 * 10_001 / 2);
        assertThat(all.min()).isEqualTo(1);
        assertThat(all.max()).isEqualTo(10_000);
    }

    @Test
    void aClockThatStepsBackLosesNothing() {
        store.record(READS, 1);
        clock.advance(Duration.ofMinutes(-3));
        store.record(READS, 2);
        assertThat(sums(store, READS)).containsExactly(2L);
        clock.advance(Duration.ofMinutes(5));
        store.store();
        assertThat(sums(store, READS)).containsExactly(2L, 1L);
        assertThat(sums(process(2), READS)).containsExactly(2L, 1L);
    }

    @Test
    void aThreadThatComesAMinuteLateAddsToThePresentMinute() {
        store.record(READS, 1);
        clock.advance(Duration.ofMinutes(-1));
        store.record(READS, 2);
        clock.advance(Duration.ofMinutes(1));
        assertThat(sums(store, READS)).containsExactly(3L);
    }

    @Test
    void aServerThatClosesAfterItsClockWasSetBackStoresEverything() {
        store.record(READS, 5);
        clock.advance(Duration.ofMinutes(-30));
        store.storeAll();
        clock.advance(Duration.ofMinutes(30));
        assertThat(sums(process(2), READS)).containsExactly(5L);
    }

    @Test
    void anHourThatPassesAgainKeepsWhatWasStoredBefore() {
        Duration span = Duration.ofMinutes(90);
        for (int pass = 1; pass <= 3; pass++) {
            for (int i = 0; i < span.toMinutes(); i++) {
                store.record(READS, 1);
                clock.advance(Duration.ofMinutes(1));
                store.store();
            }
            assertThat(sums(store, READS)).hasSize(90).containsOnly((long) pass);
            assertThat(sums(process(9), READS)).hasSize(90).containsOnly((long) pass);
            clock.advance(span.negated());
        }
    }

    @Test
    void aClockBeforeTheFirstDaysOfTheEpochDeletesNothing() {
        store.record(READS, 5);
        clock.advance(Duration.ofMinutes(1));
        store.store();
        Duration back = Duration.ofMillis(clock.millis());
        clock.advance(back.negated());
        store.expire();
        clock.advance(back);
        assertThat(sums(process(2), READS)).containsExactly(5L);
    }

    @Test
    void aSeriesThatAnotherServerBeganALittleAgoIsRead() {
        MetricStore other = process(2);
        other.record(READS, 6);
        clock.advance(Duration.ofMinutes(1));
        other.store();
        assertThat(sums(store, READS)).containsExactly(6L);
    }

    @Test
    void aSeriesThatCannotBeHasNoValues() {
        MetricId strange =
                MetricId.of(OWNER, Metric.CONSUMED_READ, new Dimension(Dimension.TABLE, "Music\0".repeat(99)));
        assertThat(sums(store, strange)).isEmpty();
    }
}
