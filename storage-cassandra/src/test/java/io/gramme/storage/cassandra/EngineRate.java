package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putAll;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long the engine takes beside the bare driver for the like, one at a time and by turns, so that both meet the same
 * machine. Run by hand; medians in microseconds.
 */
final class EngineRate {
    private static final int ROUNDS = Integer.getInteger("gramme.rate.rounds", 500);
    private static final int KEYS = 100;
    private static final Bytes VALUE = Bytes.wrap(new byte[1000]);

    private EngineRate() {}

    public static void main(String[] args) {
        Cql cql = TestKeyspace.cql();
        cql.change("CREATE TABLE " + TestKeyspace.options().keyspace()
                + ".bare (k int, c int, v blob, s bigint static, PRIMARY KEY (k, c))");
        String bare = TestKeyspace.options().keyspace() + ".bare";
        PreparedStatement found = cql.prepare("INSERT INTO " + bare + " (k, c, v, s) VALUES (?, 0, ?, 0)");
        PreparedStatement change = cql.prepare("UPDATE " + bare + " SET v = ?, s = 1 WHERE k = ? AND c = 0 IF s != 2");
        PreparedStatement read = cql.prepare("SELECT v FROM " + bare + " WHERE k = ? AND c = 0");
        ByteBuffer value = Partitions.buffer(VALUE);
        var random = new Random(1);
        Map<String, long[]> times = new LinkedHashMap<>();
        try (var store = TestKeyspace.alone()) {
            for (int i = 0; i < KEYS; i++) {
                cql.execute(found.bind(i, value), Cql.QUORUM);
                put(store, row(i), VALUE);
            }
            for (int i = 0; i < ROUNDS; i++) {
                int k = random.nextInt(KEYS);
                int round = i;
                time(
                        times,
                        "driver: conditional write",
                        round,
                        () -> cql.await(cql.beginConditional(change.bind(value, k))));
                time(times, "engine: put", round, () -> put(store, row(k), VALUE));
                time(times, "engine: put that retains", round, () -> putRetaining(store, row(k)));
                time(times, "driver: serial read", round, () -> cql.execute(read.bind(k), Cql.SERIAL));
                time(times, "driver: quorum read", round, () -> cql.execute(read.bind(k), Cql.QUORUM));
                time(times, "engine: strong get", round, () -> store.get(row(k), Consistency.STRONG));
                time(times, "driver: read of one", round, () -> cql.execute(read.bind(k), Cql.ONE));
                time(times, "engine: eventual get", round, () -> store.get(row(k), Consistency.EVENTUAL));
                time(
                        times,
                        "engine: three puts in three partitions",
                        round,
                        () -> putAll(store, Map.of(row(k), "a", row((k + 1) % KEYS), "b", row((k + 2) % KEYS), "c")));
                time(
                        times,
                        "engine: the same, retaining",
                        round,
                        () -> putThreeRetaining(store, Set.of(row(k), row((k + 1) % KEYS), row((k + 2) % KEYS))));
                time(times, "engine: first image", round, () -> store.history().first(row(k), LogPosition.START));
            }
        }
        times.forEach((what, each) -> {
            Arrays.sort(each);
            System.out.printf("%8d  %s%n", TimeUnit.NANOSECONDS.toMicros(each[each.length / 2]), what);
        });
        System.exit(0);
    }

    private static void putRetaining(RowStore store, RowKey key) {
        store.transact(Set.of(key), current -> {
            var image = new Retained(key, Transition.row(current, key).map(Row::value), Duration.ofDays(1));
            return new Outcome<>(List.of(new Write.Put(key, VALUE)), List.of(), List.of(image), true);
        });
    }

    private static void putThreeRetaining(RowStore store, Set<RowKey> keys) {
        store.transact(
                keys,
                current -> new Outcome<>(
                        keys.stream()
                                .<Write>map(key -> new Write.Put(key, VALUE))
                                .toList(),
                        List.of(),
                        keys.stream()
                                .map(key -> new Retained(
                                        key, Transition.row(current, key).map(Row::value), Duration.ofDays(1)))
                                .toList(),
                        true));
    }

    private static RowKey row(int number) {
        return key(1, "p" + number, "i");
    }

    private static void time(Map<String, long[]> times, String what, int round, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        times.computeIfAbsent(what, _ -> new long[ROUNDS])[round] = System.nanoTime() - begin;
    }
}
