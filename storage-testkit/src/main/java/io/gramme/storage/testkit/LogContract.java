package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The chapter on logs: readers get appended records in the order of commits, once each, and any number of readers may
 * read.
 */
interface LogContract extends ContractSubject {
    PartitionKey LOG = new PartitionKey(ONE, Bytes.utf8("log"));
    PartitionKey OTHER = new PartitionKey(ONE, Bytes.utf8("other log"));

    @Test
    default void aLogThatNobodyAppendedToIsEmpty() {
        LogPage page = store().changes().read(LOG, LogPosition.START, Walk.AMPLE);
        assertThat(page.records()).isEmpty();
        assertThat(page.exhausted()).isTrue();
    }

    @Test
    default void recordsAreReadInTheOrderOfTheirTransactions() {
        for (int i = 0; i < 20; i++) {
            append(store(), LOG, "r" + i);
        }
        assertThat(texts(LOG)).containsExactly(names(0, 20));
        assertThat(read(LOG)).extracting(LogRecord::position).isSorted();
    }

    @Test
    default void recordsOfOneTransactionFollowOneAnotherAsItGaveThem() {
        append(store(), LOG, "before");
        append(store(), LOG, "one", "two", "three");
        append(store(), LOG, "after");
        assertThat(texts(LOG)).containsExactly("before", "one", "two", "three", "after");
        assertThat(read(LOG).subList(1, 4).stream()
                        .map(record -> record.position().version())
                        .distinct())
                .hasSize(1);
    }

    @Test
    default void oneTransactionMayAppendToSeveralLogs() {
        store().transact(
                        Set.of(),
                        _ -> new Outcome<>(
                                List.of(),
                                List.of(new Append(LOG, Bytes.utf8("here")), new Append(OTHER, Bytes.utf8("there"))),
                                true));
        assertThat(texts(LOG)).containsExactly("here");
        assertThat(texts(OTHER)).containsExactly("there");
    }

    @Test
    default void aReaderGoesOnWhereItStopped() {
        for (int i = 0; i < 10; i++) {
            append(store(), LOG, "r" + i);
        }
        var all = new ArrayList<String>();
        LogPosition after = LogPosition.START;
        LogPage page;
        do {
            page = store().changes().read(LOG, after, new Budget(3, Long.MAX_VALUE));
            assertThat(page.records()).hasSizeLessThanOrEqualTo(3);
            page.records().forEach(record -> all.add(text(record)));
            after = page.records().getLast().position();
        } while (!page.exhausted());
        assertThat(all).containsExactly(names(0, 10));
        append(store(), LOG, "later");
        assertThat(store().changes().read(LOG, after, Walk.AMPLE).records())
                .extracting(LogContract::text)
                .containsExactly("later");
    }

    @Test
    default void theLatestIsBehindWhatIsThereAndBeforeWhatComes() {
        append(store(), LOG, "earlier");
        List<LogPosition> positions =
                List.of(store().changes().latest(), store().changes().complete());
        append(store(), LOG, "later");
        assertThat(positions)
                .allSatisfy(position -> assertThat(store().changes()
                                .read(LOG, position, Walk.AMPLE)
                                .records())
                        .extracting(LogContract::text)
                        .containsExactly("later"));
    }

    @Test
    default void aReaderThatHasComeToTheHighWatermarkHasReadEverything() throws InterruptedException {
        LogPosition reached = LogPosition.START;
        for (int i = 0; i < 5; i++) {
            append(store(), i % 2 == 0 ? LOG : OTHER, "r" + i);
            // Another process may see it a moment later, and this one after the appends in progress.
            while (store().changes().highWatermark().compareTo(reached) <= 0) {
                Thread.sleep(1);
            }
            do {
                reached = store().changes().read(LOG, reached, Walk.AMPLE).complete();
            } while (store().changes().highWatermark().compareTo(reached) > 0);
            assertThat(texts(LOG)).hasSize(i / 2 + 1);
        }
    }

    @Test
    default void whatThrowsAppendsNothing() {
        assertThatThrownBy(() -> store().transact(Set.of(key(ONE, "p", "i")), _ -> {
                    throw new IllegalArgumentException("refused");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(texts(LOG)).isEmpty();
    }

    @Test
    default void aRecordStandsBehindThoseOfTheWritesItsOwnFollowed() {
        RowKey counter = key(ONE, "p", "i");
        Threads.run(8, thread -> {
            PartitionKey log = thread % 2 == 0 ? LOG : OTHER;
            for (int i = 0; i < 40; i++) {
                countUp(counter, log);
            }
        });
        var all = new ArrayList<>(read(LOG));
        all.addAll(read(OTHER));
        all.sort((one, other) -> one.position().compareTo(other.position()));
        assertThat(all).hasSize(320);
        for (int i = 0; i < all.size(); i++) {
            assertThat(text(all.get(i))).isEqualTo(Integer.toString(i + 1));
        }
    }

    private void countUp(RowKey counter, PartitionKey log) {
        store().transact(Set.of(counter), current -> {
            String next = Long.toString(number(Transition.row(current, counter)) + 1);
            return new Outcome<>(List.of(put(counter, next)), List.of(new Append(log, Bytes.utf8(next))), true);
        });
    }

    @Test
    default void aReaderThatFollowsMissesNothingAndSeesNothingTwice() {
        int writers = 6;
        int each = 60;
        var running = new AtomicInteger(writers);
        var seen = new ArrayList<LogRecord>();
        Threads.run(writers + 1, thread -> {
            if (thread < writers) {
                var random = new Random(thread);
                for (int i = 0; i < each; i++) {
                    append(store(), random.nextInt(4) == 0 ? OTHER : LOG, thread + ":" + i);
                }
                running.decrementAndGet();
                return;
            }
            LogPosition after = LogPosition.START;
            boolean last = false;
            while (!last) {
                last = running.get() == 0;
                LogPage page = store().changes().read(LOG, after, Walk.AMPLE);
                seen.addAll(page.records());
                after = page.records().isEmpty()
                        ? after
                        : page.records().getLast().position();
            }
        });
        assertThat(seen).isEqualTo(read(LOG)).doesNotHaveDuplicates();
        assertThat(seen).extracting(LogRecord::position).isSorted();
    }

    @Test
    default void trimmingForgetsRecordsUpToOneAndThatOneToo() {
        for (int i = 0; i < 10; i++) {
            append(store(), LOG, "r" + i);
            append(store(), OTHER, "r" + i);
        }
        store().changes().trim(LOG, read(LOG).get(3).position());
        assertThat(texts(LOG)).containsExactly(names(4, 10));
        assertThat(texts(OTHER)).containsExactly(names(0, 10));
        store().changes().trim(LOG, store().changes().latest());
        assertThat(texts(LOG)).isEmpty();
        append(store(), LOG, "later");
        assertThat(texts(LOG)).containsExactly("later");
    }

    @Test
    default void logsAreDroppedWithTheirStore() {
        append(store(), LOG, "gone");
        append(store(), new PartitionKey(TWO, Bytes.utf8("log")), "kept");
        store().drop(ONE);
        assertThat(texts(LOG)).isEmpty();
        assertThat(texts(new PartitionKey(TWO, Bytes.utf8("log")))).containsExactly("kept");
    }

    @Test
    default void aClosedStoreHasNoLogs() {
        RowStore closed = openAnother();
        append(closed, LOG, "record");
        closed.close();
        assertThatThrownBy(() -> closed.changes().read(LOG, LogPosition.START, Walk.AMPLE))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> append(closed, LOG, "record")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> closed.changes().trim(LOG, LogPosition.behind(1)))
                .isInstanceOf(StorageException.class);
    }

    private static void append(RowStore store, PartitionKey log, String... texts) {
        List<Append> appends = Arrays.stream(texts)
                .map(text -> new Append(log, Bytes.utf8(text)))
                .toList();
        store.transact(Set.of(), _ -> new Outcome<>(List.of(), appends, Optional.empty()));
    }

    private List<LogRecord> read(PartitionKey log) {
        LogPage page = store().changes().read(log, LogPosition.START, Walk.AMPLE);
        assertThat(page.exhausted()).isTrue();
        return page.records();
    }

    private List<String> texts(PartitionKey log) {
        return read(log).stream().map(LogContract::text).toList();
    }

    private static String text(LogRecord record) {
        return new String(record.value().toArray(), StandardCharsets.UTF_8);
    }

    private static String[] names(int from, int to) {
        var names = new String[to - from];
        Arrays.setAll(names, i -> "r" + (from + i));
        return names;
    }
}
