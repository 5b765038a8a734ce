package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.cassandra.FailPoints.Step;
import io.gramme.storage.testkit.Walk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another server wrote is heard of by readers that look at the high watermark alone, whatever became of that server. */
@Tag("cluster")
@Timeout(120)
class HighWatermarkTest {
    private static final RowKey ROW = key(1, "p", "i");
    private static final RowKey OTHER = key(1, "q", "i");
    private static final PartitionKey LOG = new PartitionKey(new TablespaceId(1), Bytes.utf8("log"));
    /** After which a transaction may be ended by others. */
    private static final Duration LIFE = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final long shift = TestKeyspace.newShift();
    private final Shifted writing = server(FailPoints.NONE);
    private final Shifted reading = server(FailPoints.NONE);

    private final CassandraStore recovering = server(FailPoints.NONE).store();

    private Shifted server(FailPoints steps) {
        CassandraOptions options = TestKeyspace.options();
        return new Shifted(
                TestKeyspace.server(
                        options.waiting(options.requestTimeout(), options.patience(), LIFE),
                        InstantSource.system(),
                        steps),
                shift);
    }

    @AfterEach
    void close() {
        writing.close();
        reading.close();
        recovering.close();
    }

    private static void append(RowStore server, Set<RowKey> keys, String text) {
        server.transact(
                keys,
                _ -> new Outcome<>(
                        keys.stream().map(key -> put(key, text)).toList(),
                        List.of(new Append(LOG, Bytes.utf8(text))),
                        true));
    }

    @Test
    void aRecordOfAnotherServerIsHeardOf() throws InterruptedException {
        LogPosition reached = readAll().complete();
        for (int i = 0; i < 20; i++) {
            append(writing, i % 2 == 0 ? Set.of(ROW) : Set.of(ROW, OTHER), "r" + i);
            reached = awaitNext(reached, "r" + i, false);
        }
    }

    @Test
    void aReaderThatHasReadEverythingComesToTheHighWatermark() throws InterruptedException {
        append(writing, Set.of(ROW, OTHER), "record");
        var _ = awaitNext(LogPosition.START, "record", true);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reading.changes().highWatermark().compareTo(readAll().complete()) > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            recover();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"DELIVER", "FORGET_NOTE", "FORGET_HINT"})
    void aRecordOfAServerThatDiedIsHeardOfWhenItIsRecovered(Step last) throws InterruptedException {
        isHeardOf(last, Set.of(ROW));
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"APPLY", "DELIVER", "RAISE_WATERMARK", "FORGET_RECORD"})
    void aRecordOfATransactionWhoseServerDiedIsHeardOfWhenItIsRecovered(Step last) throws InterruptedException {
        isHeardOf(last, Set.of(ROW, OTHER));
    }

    private void isHeardOf(Step last, Set<RowKey> keys) throws InterruptedException {
        var reached = readAll().complete();
        Shifted mortal = server(step -> {
            if (step == last) {
                throw new Mortal.Died(step);
            }
        });
        try {
            append(mortal, keys, "record");
        } catch (Mortal.Died _) {
            // Some steps are taken behind the caller's back.
        }
        var _ = awaitNext(reached, "record", true);
    }

    /** Reads when the high watermark says so, and at no other time; returns how far. */
    private LogPosition awaitNext(LogPosition after, String text, boolean recovers) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var found = new ArrayList<LogRecord>();
        LogPosition reached = after;
        while (found.isEmpty()) {
            assertThat(System.nanoTime()).as("it is heard of in time").isLessThan(deadline);
            if (reading.changes().highWatermark().compareTo(reached) > 0) {
                LogPage page = reading.changes().read(LOG, reached, Walk.AMPLE);
                found.addAll(page.records());
                reached = page.complete();
            }
            if (found.isEmpty() && recovers) {
                recover();
            }
        }
        assertThat(found).extracting(LogRecord::value).containsExactly(Bytes.utf8(text));
        return reached;
    }

    private void recover() throws InterruptedException {
        Thread.sleep(20);
        int _ = recovering.recoverAll();
    }

    private LogPage readAll() {
        return reading.changes().read(LOG, LogPosition.START, Walk.AMPLE);
    }
}
