package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRows;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.testkit.CountedRow;
import io.gramme.storage.testkit.Verbs;
import io.gramme.storage.testkit.Walk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from a commit arrives, once and in order, whoever dies on the way. */
@Tag("cluster")
@Timeout(240)
class DeliveryTest {
    private static final int ROUNDS = Integer.getInteger("gramme.delivery.rounds", 20);
    private static final PartitionKey LOG = new PartitionKey(new TablespaceId(3), Bytes.utf8("log"));
    private static final List<RowKey> COUNTERS =
            IntStream.range(0, 4).mapToObj(i -> key(1, "p" + i / 2, "i" + i)).toList();

    /** Where the entry of a counter is in an index by its value. */
    private static RowKey entry(RowKey counter, long number) {
        return key(2, Long.toString(number), "i" + counter.sort());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void recordsAndEntriesArriveThoughServersDie(long seed) {
        CassandraOptions given = TestKeyspace.options();
        CassandraOptions options = given.waiting(given.requestTimeout(), given.patience(), Duration.ofMillis(100));
        var random = new Random(seed);
        try (var servers = new DyingServers(options, seed, 12)) {
            List<LogRecord> followed = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                countUp(servers, pick(random));
                if (random.nextInt(4) == 0) {
                    follow(servers, followed);
                }
            }
            // Transactions of the dead are late by then, at the second look at the latest.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3000));
            servers.recover();
            servers.recover();
            follow(servers, followed);
            assertThat(servers.died()).isPositive();

            List<LogRecord> all =
                    servers.changes().read(LOG, LogPosition.START, Walk.AMPLE).records();
            assertThat(followed).as("what a follower read").isEqualTo(all);
            for (RowKey counter : COUNTERS) {
                long last = number(servers.get(counter, Consistency.STRONG));
                assertThat(numbers(all, counter))
                        .as("records of " + counter)
                        .isEqualTo(IntStream.rangeClosed(1, (int) last).boxed().toList());
            }
            assertThat(Walk.sweep(servers, HashRange.whole(new TablespaceId(2), 'i')))
                    .extracting(Row::key)
                    .containsExactlyInAnyOrderElementsOf(COUNTERS.stream()
                            .filter(counter -> value(servers, counter).isPresent())
                            .map(counter -> entry(counter, number(servers.get(counter, Consistency.STRONG))))
                            .toList());
            assertHistoryAgrees(servers, all);
        }
    }

    private static Set<RowKey> pick(Random random) {
        Set<RowKey> picked = new HashSet<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            picked.add(COUNTERS.get(random.nextInt(COUNTERS.size())));
        }
        return picked;
    }

    private static void countUp(DyingServers servers, Set<RowKey> counters) {
        servers.transact(counters, current -> {
            List<Write> writes = new ArrayList<>();
            List<Append> appends = new ArrayList<>();
            List<Retained> images = new ArrayList<>();
            for (RowKey counter : counters) {
                Optional<Row> before = Transition.row(current, counter);
                long next = number(before) + 1;
                writes.add(put(counter, Long.toString(next)));
                images.add(new CountedRow(counter).image(before));
                before.ifPresent(_ -> {
                    writes.add(new Write.Delete(entry(counter, next - 1)));
                    images.add(image(entry(counter, next - 1), Optional.of(Bytes.utf8("entry"))));
                });
                writes.add(put(entry(counter, next), "entry"));
                images.add(image(entry(counter, next), Optional.empty()));
                appends.add(new Append(LOG, Bytes.utf8(counter.sort() + "=" + next)));
            }
            return new Outcome<>(writes, appends, images, true);
        });
    }

    private static Retained image(RowKey key, Optional<Bytes> before) {
        return new Retained(key, before, Duration.ofDays(1));
    }

    /** Rows and entries as of the position of each record, against what the records up to there say. */
    private static void assertHistoryAgrees(DyingServers servers, List<LogRecord> all) {
        COUNTERS.forEach(counter -> new CountedRow(counter).check(servers));
        for (LogPosition at : all.stream()
                .map(record -> LogPosition.behind(record.position().version()))
                .distinct()
                .toList()) {
            List<LogRecord> until = all.stream()
                    .filter(record -> record.position().compareTo(at) <= 0)
                    .toList();
            Map<RowKey, String> expected = new HashMap<>();
            Set<RowKey> entries = new HashSet<>();
            for (RowKey counter : COUNTERS) {
                List<Integer> numbers = numbers(until, counter);
                if (!numbers.isEmpty()) {
                    expected.put(counter, numbers.getLast().toString());
                    entries.add(entry(counter, numbers.getLast()));
                }
            }
            var past = new PastRows(servers, at);
            assertThat(past.sweep(HashRange.whole(new TablespaceId(1), 'i'), Walk.AMPLE)
                            .rows())
                    .as("counters at %s", at)
                    .allSatisfy(row -> assertThat(Verbs.text(row)).isEqualTo(expected.get(row.key())))
                    .hasSameSizeAs(expected.keySet());
            assertThat(past.sweep(HashRange.whole(new TablespaceId(2), 'i'), Walk.AMPLE)
                            .rows())
                    .as("entries at %s", at)
                    .extracting(Row::key)
                    .containsExactlyInAnyOrderElementsOf(entries);
        }
    }

    private static void follow(DyingServers servers, List<LogRecord> followed) {
        LogPosition after =
                followed.isEmpty() ? LogPosition.START : followed.getLast().position();
        LogPage page = servers.changes().read(LOG, after, Walk.AMPLE);
        followed.addAll(page.records());
    }

    private static List<Integer> numbers(List<LogRecord> records, RowKey counter) {
        String begin = counter.sort() + "=";
        return records.stream()
                .map(record -> new String(record.value().shared(), StandardCharsets.UTF_8))
                .filter(text -> text.startsWith(begin))
                .map(text -> Integer.parseInt(text.substring(begin.length())))
                .toList();
    }
}
