package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.Durability;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.PastRows;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionTime;
import io.gramme.storage.testkit.CountedRow;
import io.gramme.storage.testkit.RetainedHistory;
import io.gramme.storage.testkit.Verbs;
import io.gramme.storage.testkit.Walk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What the contract does not say: buckets, and what of the history outlives the store. */
@Timeout(120)
class StoredHistoryTest {
    private static final TablespaceId TABLESPACE = new TablespaceId(1);
    private static final RowKey ROW = key(1, "p", "i");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-05T00:00:00Z");

    @TempDir
    Path directory;

    private Instant now = MIDNIGHT;

    private RocksStore open() {
        return RocksStore.open(RocksStoreOptions.in(directory).with(Durability.RELAXED), () -> now);
    }

    private static LogPosition at(Instant time) {
        return LogPosition.behind(VersionTime.versionAt(time));
    }

    private void incrementAt(RocksStore store, Instant time, RowKey... keys) {
        now = time;
        for (RowKey key : keys) {
            new CountedRow(key).increment(store);
        }
    }

    @Test
    void changesOfOneRowOnSeveralDaysAreMerged() {
        RowKey other = key(1, "p", "j");
        RowKey third = key(1, "p", "k");
        Instant justBefore = MIDNIGHT.minusNanos(1000);
        try (var store = open()) {
            incrementAt(store, MIDNIGHT.minus(Duration.ofDays(3)), ROW, other, third);
            incrementAt(store, justBefore, ROW);
            incrementAt(store, MIDNIGHT, ROW, other);
            incrementAt(store, MIDNIGHT.plus(Duration.ofDays(2)), ROW, other, third);
            assertThat(valuesAt(store, justBefore.minusNanos(1000))).containsExactly("1", "1", "1");
            assertThat(valuesAt(store, justBefore)).containsExactly("2", "1", "1");
            // The second change at midnight has the version after it.
            assertThat(valuesAt(store, MIDNIGHT)).containsExactly("3", "1", "1");
            assertThat(valuesAt(store, MIDNIGHT.plusMillis(1))).containsExactly("3", "2", "1");
            assertThat(valuesAt(store, now.minusMillis(1))).containsExactly("3", "2", "1");
            assertThat(valuesAt(store, now.plusMillis(1))).containsExactly("4", "3", "2");
            assertThat(new CountedRow(ROW).check(store)).isEqualTo(4);
        }
    }

    private static List<String> valuesAt(RocksStore store, Instant time) {
        var past = new PastRows(store, at(time));
        var budget = new Budget(10, 1000);
        List<Row> forward = past.scan(ROW.partition(), Walk.EVERYTHING, Direction.FORWARD, budget)
                .rows();
        assertThat(past.scan(ROW.partition(), Walk.EVERYTHING, Direction.BACKWARD, budget)
                        .rows())
                .isEqualTo(forward.reversed());
        return forward.stream().map(Verbs::text).toList();
    }

    @Test
    void aDayIsForgottenAsAWhole() {
        try (var store = open()) {
            incrementAt(store, MIDNIGHT.minusSeconds(2), ROW);
            incrementAt(store, MIDNIGHT.minusSeconds(1), ROW, key(2, "p", "i"));
            incrementAt(store, MIDNIGHT.plusSeconds(1), ROW);
            store.history().forget(TABLESPACE, at(MIDNIGHT.minusSeconds(1)));
            assertThat(new CountedRow(ROW).check(store)).isEqualTo(3);
            store.history().forget(TABLESPACE, at(MIDNIGHT));
            assertThat(images(store)).containsExactly("2");
            assertThat(value(store, ROW)).contains("3");
            assertThat(new CountedRow(key(2, "p", "i")).check(store)).isEqualTo(1);
        }
        try (var store = open()) {
            assertThat(images(store)).containsExactly("2");
        }
    }

    private static List<String> images(RocksStore store) {
        return store.history().sweep(HashRange.whole(TABLESPACE, 'i'), LogPosition.START, Walk.AMPLE).rows().stream()
                .map(row -> new String(row.before().orElseThrow().toArray(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void forgettingNothingWritesNothing() {
        var groups = new AtomicInteger();
        try (var store = RocksStore.open(RocksStoreOptions.in(directory), () -> now, log -> new GroupCommitter.Log() {
            @Override
            public void append(List<Commit> group) throws RocksDBException {
                groups.incrementAndGet();
                log.append(group);
            }

            @Override
            public void sync() throws RocksDBException {
                log.sync();
            }
        })) {
            incrementAt(store, MIDNIGHT, ROW);
            store.history().forget(TABLESPACE, at(MIDNIGHT));
            assertThat(groups).hasValue(1);
            now = MIDNIGHT.plus(Duration.ofDays(1));
            store.history().forget(TABLESPACE, at(now));
            store.history().forget(TABLESPACE, at(now));
            assertThat(groups).hasValue(2);
        }
    }

    @Tag("slow")
    @Test
    void everyStateIsFoundAgainAcrossManyBucketsAndReopenings() {
        // Buffers so small that images reach sorted files, and some dozens of buckets.
        var options = RocksStoreOptions.in(directory)
                .with(Durability.RELAXED)
                .withBlockCache(1 << 20)
                .withWriteBuffers(1 << 20)
                .withHistoryBucket(Duration.ofMillis(200));
        var history = new RetainedHistory(3, 200);
        for (int run = 0; run < 2; run++) {
            try (var store = RocksStore.open(options, InstantSource.system())) {
                history.run(store);
            }
            try (var store = RocksStore.open(options, InstantSource.system())) {
                history.check(store);
            }
        }
    }

    @Test
    void logRecordsAreNoRows() {
        var log = new PartitionKey(TABLESPACE, Bytes.utf8("log"));
        try (var store = open()) {
            store.transact(Set.of(), _ -> new Outcome<>(List.of(), List.of(new Append(log, Bytes.EMPTY)), true));
            assertThat(Walk.scan(store, log)).isEmpty();
            assertThat(store.changes().read(log, LogPosition.START, Walk.AMPLE).records())
                    .hasSize(1);
        }
    }

    @Test
    void keysOfImagesHaveTheOrderOfTheirRowsAndKeepThem() {
        List<RowKey> keys = new ArrayList<>();
        for (String partition : List.of("", "\0", "a")) {
            for (String sort : List.of("\0", "\0\0", "\0\u0001", "i", "i\0", "i\0\0", "i\0\u0001", "i\u0001", "ij")) {
                keys.add(key(1, partition, sort));
            }
        }
        for (RowKey one : keys) {
            byte[] image = HistoryCodec.key(one, 7, 8).toArray();
            assertThat(HistoryCodec.pastRow(TABLESPACE, image, new byte[] {0}))
                    .isEqualTo(new PastRow(one, Optional.empty(), 8));
            for (RowKey other : keys) {
                int order = RowCodec.key(one).compareTo(RowCodec.key(other));
                assertThat(Integer.signum(HistoryCodec.key(one, 7, -1).compareTo(HistoryCodec.key(other, 7, 0))))
                        .isEqualTo(order == 0 ? 1 : Integer.signum(order));
            }
        }
    }

    @Test
    void aDamagedImageIsRefused() {
        byte[] key = HistoryCodec.key(ROW, 7, 8).toArray();
        assertThatThrownBy(() -> HistoryCodec.pastRow(TABLESPACE, key, new byte[0]))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> HistoryCodec.pastRow(TABLESPACE, key, new byte[] {2}))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> HistoryCodec.place(new byte[20])).hasMessageContaining("damaged");
    }
}
