package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.increment;
import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.putAll;
import static io.gramme.storage.testkit.Verbs.row;
import static io.gramme.storage.testkit.Verbs.snapshot;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The chapter on concurrent threads: every history must be as if the transactions had run one after another. */
interface RaceContract extends ContractSubject {
    int THREADS = 8;
    int ROUNDS = 24;
    List<RowKey> ACCOUNTS = IntStream.range(0, 6)
            .mapToObj(i -> key(i % 2 == 0 ? ONE : TWO, "account" + i / 2, "i"))
            .toList();
    long OPENING = 100;

    @Test
    default void incrementsOfOneRowLoseNothing() {
        RowKey counter = key(ONE, "p", "i");
        Set<Long> sums = ConcurrentHashMap.newKeySet();
        Threads.run(THREADS, _ -> {
            for (int i = 0; i < ROUNDS; i++) {
                sums.add(increment(store(), counter));
            }
        });
        assertThat(number(row(store(), counter))).isEqualTo(THREADS * ROUNDS);
        assertThat(sums).as("each sum is answered once").hasSize(THREADS * ROUNDS);
    }

    @Test
    default void incrementsOfManyRowsLoseNothing() {
        Threads.run(THREADS, thread -> {
            var random = new Random(thread);
            for (int i = 0; i < ROUNDS; i++) {
                increment(store(), key(ONE, "p" + random.nextInt(3), "i" + random.nextInt(3)));
            }
        });
        long total = Walk.sweep(store(), HashRange.whole(ONE, I)).stream()
                .mapToLong(row -> number(Optional.of(row)))
                .sum();
        assertThat(total).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    default void transfersKeepTheTotalAndEveryTransactionSeesIt() {
        putAll(store(), ACCOUNTS.stream().collect(Collectors.toMap(it -> it, _ -> Long.toString(OPENING))));
        Threads.run(THREADS, thread -> {
            var random = new Random(thread);
            for (int i = 0; i < ROUNDS; i++) {
                RowKey from = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
                RowKey to = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
                transfer(from, to, random.nextInt(20));
                assertThat(total(snapshot(store(), Set.copyOf(ACCOUNTS)))).isEqualTo(OPENING * ACCOUNTS.size());
            }
        });
        assertThat(total(snapshot(store(), Set.copyOf(ACCOUNTS)))).isEqualTo(OPENING * ACCOUNTS.size());
    }

    private void transfer(RowKey from, RowKey to, int amount) {
        if (from.equals(to)) {
            return;
        }
        store().transact(Set.of(from, to), current -> {
            String less = Long.toString(number(Transition.row(current, from)) - amount);
            String more = Long.toString(number(Transition.row(current, to)) + amount);
            return new Outcome<>(List.of(put(from, less), put(to, more)), amount);
        });
    }

    private static long total(Map<RowKey, String> balances) {
        return balances.values().stream().mapToLong(Long::parseLong).sum();
    }

    @Test
    default void twoTransactionsThatEachReadWhatTheOtherWritesDoNotBothPass() {
        RowKey left = key(ONE, "left", "i");
        RowKey right = key(TWO, "right", "i");
        for (int round = 0; round < ROUNDS / 4; round++) {
            putAll(store(), Map.of(left, "1", right, "1"));
            Threads.run(2, thread -> {
                RowKey mine = thread == 0 ? left : right;
                store().transact(Set.of(left, right), current -> {
                    boolean mayGo = number(Transition.row(current, left)) + number(Transition.row(current, right)) > 1;
                    return mayGo ? new Outcome<>(List.of(put(mine, "0")), true) : Outcome.unchanged(false);
                });
            });
            assertThat(total(snapshot(store(), Set.of(left, right)))).isEqualTo(1);
        }
    }

    @Test
    default void ofManyThatWantTheSameRowOneGetsIt() {
        for (int round = 0; round < ROUNDS / 4; round++) {
            RowKey prize = key(ONE, "prize" + round, "i");
            Set<Integer> winners = ConcurrentHashMap.newKeySet();
            Threads.run(THREADS, thread -> {
                boolean won = store().transact(
                                Set.of(prize),
                                current -> Transition.row(current, prize).isEmpty()
                                        ? new Outcome<>(List.of(put(prize, Integer.toString(thread))), true)
                                        : Outcome.unchanged(false));
                if (won) {
                    winners.add(thread);
                }
            });
            assertThat(winners).hasSize(1);
            assertThat(value(store(), prize)).contains(winners.iterator().next().toString());
        }
    }

    @Test
    default void aPageShowsATransactionInItsPartitionWhollyOrNotAtAll() {
        List<RowKey> together =
                IntStream.range(0, 50).mapToObj(i -> key(ONE, "p", "i" + i)).toList();
        writeTogether(together, "before the first");
        Set<String> seen = new HashSet<>();
        var done = new AtomicBoolean();
        Threads.run(2, thread -> {
            if (thread == 0) {
                for (int i = 0; !done.get(); i++) {
                    writeTogether(together, Integer.toString(i));
                }
                return;
            }
            try {
                while (seen.size() < 2 * ROUNDS) {
                    Page scanned = store().scan(
                                    together.getFirst().partition(),
                                    Walk.EVERYTHING,
                                    Direction.BACKWARD,
                                    Walk.AMPLE,
                                    Consistency.STRONG);
                    Page swept = store().sweep(HashRange.whole(ONE, I), Walk.AMPLE, Consistency.STRONG);
                    assertThat(valuesOf(scanned.rows())).hasSize(1);
                    assertThat(valuesOf(swept.rows())).hasSize(1);
                    seen.addAll(valuesOf(swept.rows()));
                }
            } finally {
                done.set(true);
            }
        });
    }

    private void writeTogether(List<RowKey> keys, String value) {
        putAll(store(), keys.stream().collect(Collectors.toMap(it -> it, _ -> value)));
    }

    private static Set<String> valuesOf(List<Row> rows) {
        return rows.stream().map(Verbs::text).collect(Collectors.toSet());
    }

    @Test
    default void whatWasAcknowledgedIsReadByEveryThreadFromThenOn() {
        RowKey counter = key(ONE, "p", "i");
        Threads.run(THREADS, _ -> {
            for (int i = 0; i < ROUNDS / 2; i++) {
                long sum = increment(store(), counter);
                assertThat(number(row(store(), counter))).isGreaterThanOrEqualTo(sum);
            }
        });
    }

    @Test
    default void versionsOfARowGrowWhoeverWritesIt() {
        RowKey counter = key(ONE, "p", "i");
        Map<Long, Long> versionOfSum = new ConcurrentHashMap<>();
        Threads.run(THREADS, _ -> {
            for (int i = 0; i < ROUNDS / 2; i++) {
                increment(store(), counter);
                row(store(), counter).ifPresent(row -> versionOfSum.put(number(Optional.of(row)), row.version()));
            }
        });
        List<Long> versions = versionOfSum.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        assertThat(versions).isSorted();
        assertThat(new HashSet<>(versions)).hasSameSizeAs(versions);
    }
}
