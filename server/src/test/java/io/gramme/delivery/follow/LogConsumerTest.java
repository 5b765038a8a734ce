package io.gramme.delivery.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.server.Client;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Subscription.Needs;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLog.Images;
import io.gramme.tables.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogConsumerTest {
    private static final TableName NAME = new TableName(new AccountRegion("000000000000", "us-east-1"), "Music");
    private static final String WHO = "somebody";

    private Instant now = Instant.parse("2026-03-04T05:06:07.890Z");
    private final Client client = Client.at(() -> now);
    private final Steps steps = new Steps();
    private final Seen seen = new Seen();

    @AfterEach
    void close() {
        client.close();
    }

    /** Remembers what was handed over, item by item, and refuses what it is told to. */
    private static final class Seen implements Receiver {
        final Map<String, List<String>> items = new TreeMap<>();
        final List<LogEntry> entries = new ArrayList<>();
        Predicate<LogEntry> refused = _ -> false;

        @Override
        public Delivery deliver(Batch batch) {
            int taken = 0;
            for (LogEntry entry : batch.entries()) {
                if (refused.test(entry)) {
                    return new Delivery(taken, Duration.ofSeconds(1));
                }
                entries.add(entry);
                items.computeIfAbsent(key(entry), _ -> new ArrayList<>()).add(number(entry));
                taken++;
            }
            return Delivery.all(batch);
        }

        static String key(LogEntry entry) {
            return text(entry.change().keys(), "pk");
        }

        private static String number(LogEntry entry) {
            return entry.change().after().map(item -> text(item, "n")).orElse("gone");
        }

        private static String text(Item item, String name) {
            return switch (item.get(name).orElseThrow()) {
                case Value.S(String text) -> text;
                case Value.N(var number) -> number.toString();
                default -> throw new AssertionError(item);
            };
        }
    }

    @Test
    void everyChangeIsHandedOverOnceAndThoseOfAnItemInOrder() {
        table();
        follow();
        LogConsumer follower = start(1);
        for (int round = 1; round <= 20; round++) {
            put("a", round);
            put("b", round);
            steps.settle();
        }
        delete("a");
        steps.settle();
        assertThat(seen.items.get("a")).containsExactlyElementsOf(upTo(20, "gone"));
        assertThat(seen.items.get("b")).containsExactlyElementsOf(upTo(20));
        assertThat(follower.reach().waiting()).isEmpty();
    }

    @Test
    void aLogThatIsIdleIsReadOnceAMinuteAndAfterEachChange() {
        table();
        follow();
        var store = new CountedReads(client.store());
        start(store, steps, seen, 1);
        put("a", 1);
        steps.settle();
        int read = store.reads();
        steps.settle();
        assertThat(store.reads()).isEqualTo(read);

        put("a", 2);
        steps.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "2");
        int readAgain = store.reads();
        assertThat(readAgain).isGreaterThan(read);
        now = now.plusSeconds(61);
        steps.settle();
        assertThat(store.reads()).isGreaterThan(readAgain);
    }

    @Test
    void afterARestartItGoesOnWhereItWas() {
        table();
        follow();
        start(1);
        put("a", 1);
        steps.settle();
        var later = new Steps();
        put("a", 2);
        start(later, seen, 1);
        later.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "2");
    }

    @Test
    void whatWasTakenBeforeACrashIsHandedOverAgainAndNothingIsLeftOut() {
        table();
        follow();
        put("a", 1);
        put("a", 2);
        start(
                steps,
                batch -> {
                    seen.deliver(batch);
                    throw new IllegalStateException("crash");
                },
                1);
        assertThatThrownBy(steps::settle).hasMessage("crash");
        put("a", 3);
        var later = new Steps();
        start(later, seen, 1);
        later.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "2", "1", "2", "3");
    }

    @Test
    void whatIsRefusedWaitsAndTheOtherShardsGoOn() {
        table();
        follow();
        seen.refused = entry -> Seen.key(entry).equals("bad");
        LogConsumer follower = start(1);
        put("bad", 1);
        Instant written = now;
        now = now.plusSeconds(3);
        for (int i = 0; i < 40; i++) {
            put("good" + i, i);
        }
        steps.settle();
        int before = seen.items.size();
        assertThat(before).as("three shards of four").isBetween(20, 39);
        assertThat(follower.reach().waiting().orElseThrow()).isBetween(written, written.plusMillis(1));
        seen.refused = _ -> false;
        steps.settle();
        assertThat(seen.items).hasSize(41);
        assertThat(follower.reach().waiting()).isEmpty();
    }

    @Test
    void whatWasTakenOfABatchIsNotHandedOverAgain() {
        table();
        follow();
        start(1);
        for (int i = 1; i <= 5; i++) {
            put("a", i);
        }
        seen.refused = entry -> Seen.number(entry).equals("4");
        steps.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "2", "3");
        seen.refused = _ -> false;
        steps.settle();
        assertThat(seen.items.get("a")).containsExactlyElementsOf(upTo(5));
    }

    @Test
    void aLaneThatIsStuckHoldsUpNoOtherOfItsShard() {
        table();
        follow();
        seen.refused = entry -> Seen.key(entry).equals("bad");
        start(10);
        put("bad", 1);
        for (int i = 0; i < 100; i++) {
            put("good" + i, 1);
            put("good" + i, 2);
        }
        steps.settle();
        assertThat(seen.items).as("39 of 40 lanes").hasSizeBetween(85, 100);
        assertThat(seen.items.values())
                .allSatisfy(numbers -> assertThat(numbers).containsExactly("1", "2"));
    }

    @Test
    void withOtherLanesAsBeforeNothingIsLeftOut() {
        table();
        follow();
        seen.refused = entry -> Seen.key(entry).equals("bad");
        start(4);
        put("bad", 1);
        for (int i = 0; i < 50; i++) {
            put("good" + i, 1);
        }
        steps.settle();
        seen.refused = _ -> false;
        seen.items.clear();
        var later = new Steps();
        start(later, seen, 3);
        later.settle();
        assertThat(seen.items)
                .as("what was waiting, and what others had had before it")
                .containsKey("bad");
        put("bad", 2);
        later.settle();
        assertThat(seen.items.get("bad")).containsExactly("1", "2");
        seen.items.clear();
        var again = new Steps();
        start(again, seen, 3);
        again.settle();
        assertThat(seen.items).isEmpty();
    }

    @Test
    void theChildrenOfAShardComeAfterAllOfIt() {
        table();
        follow();
        seen.refused = _ -> true;
        start(1);
        for (int i = 0; i < 40; i++) {
            put("item" + i, 1);
        }
        client.splitPartitions(1);
        for (int i = 0; i < 40; i++) {
            put("item" + i, 2);
        }
        steps.settle();
        assertThat(steps.running()).as("its guide and the first shards").isEqualTo(5);
        seen.refused = _ -> false;
        steps.settle();
        assertThat(seen.items).hasSize(40);
        assertThat(seen.items.values())
                .allSatisfy(numbers -> assertThat(numbers).containsExactly("1", "2"));
        assertThat(steps.running()).as("the parent has been read").isEqualTo(6);
    }

    @Test
    void aTableThatIsFollowedHasALogWithoutAStreamAndBesideOne() {
        table();
        assertThat(described().log()).isEmpty();
        follow();
        assertThat(described().log())
                .hasValueSatisfying(log -> assertThat(log.images()).isEqualTo(Images.BOTH));
        start(1);
        put("a", 1);
        stream("{StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}");
        put("a", 2);
        stream("{StreamEnabled: false}");
        put("a", 3);
        steps.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "2", "3");
        assertThat(seen.entries.get(1).change().before())
                .as("what the follower wants, not what the stream does")
                .isPresent();
        assertThat(client.callStreams("ListStreams", "{}").get("Streams")).hasSize(1);
        unsubscribe();
        assertThat(described().log()).isEmpty();
    }

    @Test
    void whatWasLoggedUntilAFollowingEndedCanBeReadForADay() {
        table();
        follow();
        put("a", 1);
        unsubscribe();
        put("a", 2);
        LogConsumer follower = start(1);
        steps.settle();
        assertThat(seen.items.get("a")).containsExactly("1");
        assertThat(follower.reach().exhausted()).isTrue();
        assertThat(client.tables().closedSubscriptions().all()).hasSize(1);
        now = now.plus(Duration.ofHours(25));
        client.trimLogs();
        assertThat(client.tables().closedSubscriptions().all()).isEmpty();
    }

    @Test
    void whatATableLeavesIsHandedOverWhenItIsGone() {
        table();
        follow();
        String id = described().id();
        LogConsumer follower = start(1);
        put("a", 1);
        client.call("DeleteTable", "{TableName: 'Music'}");
        table();
        follow();
        put("a", 7);
        steps.settle();
        assertThat(seen.items.get("a")).as("not of the table that has its name").containsExactly("1");
        assertThat(follower.reach().exhausted()).isTrue();
        assertThat(described().id()).isNotEqualTo(id);
    }

    @Test
    void whoFollowsAgainDoesNotSeeWhatHappenedInBetween() {
        table();
        follow();
        start(1);
        put("a", 1);
        steps.settle();
        unsubscribe();
        steps.settle();
        put("a", 2);
        follow();
        put("a", 3);
        var later = new Steps();
        start(later, seen, 1);
        later.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "3");
    }

    @Test
    void whoComesTooLateGoesOnWithTheOldestAndSaysSo() {
        table();
        follow();
        LogConsumer follower = start(1);
        seen.refused = _ -> true;
        put("a", 1);
        steps.settle();
        now = now.plus(Duration.ofHours(20));
        put("a", 2);
        steps.settle();
        now = now.plus(Duration.ofHours(5));
        client.trimLogs();
        seen.refused = _ -> false;
        steps.settle();
        assertThat(seen.items.get("a")).containsExactly("2");
        assertThat(follower.reach().missed()).contains(now);
    }

    @Test
    void whoIsStuckInAShardUntilItIsForgottenGoesOnInItsChildrenAndSaysSo() {
        table();
        follow();
        LogConsumer follower = start(1);
        seen.refused = _ -> true;
        for (int i = 0; i < 40; i++) {
            put("item" + i, 1);
        }
        steps.settle();
        client.splitPartitions(1);
        now = now.plus(Duration.ofHours(20));
        for (int i = 0; i < 40; i++) {
            put("item" + i, 2);
        }
        steps.settle();
        now = now.plus(Duration.ofHours(5));
        client.trimLogs();
        seen.refused = _ -> false;
        steps.settle();
        assertThat(seen.items).hasSize(40);
        assertThat(seen.items.values())
                .allSatisfy(numbers -> assertThat(numbers).containsExactly("2"));
        assertThat(follower.reach().missed()).contains(now);
    }

    @Test
    void whoWasAwayOverAQuietWeekHasMissedNothing() {
        table();
        follow();
        start(1);
        put("a", 1);
        steps.settle();
        for (int hour = 0; hour < 100; hour++) {
            now = now.plus(Duration.ofMinutes(61));
            put("elsewhere", hour);
            steps.settle();
            client.trimLogs();
        }
        var later = new Steps();
        LogConsumer follower = start(later, seen, 1);
        later.settle();
        put("a", 2);
        later.settle();
        assertThat(seen.items.get("a")).containsExactly("1", "2");
        assertThat(follower.reach().missed()).isEmpty();
    }

    @Test
    void aReceiverThatHangsIsStoppedWhenItsFollowerCloses() throws InterruptedException {
        table();
        follow();
        put("a", 1);
        var called = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        LogConsumer follower = start(
                Runner.THREADS,
                new Receiver() {
                    @Override
                    public Delivery deliver(Batch batch) throws InterruptedException {
                        called.countDown();
                        stopped.await();
                        return Delivery.none(Duration.ofDays(1));
                    }

                    @Override
                    public void stop() {
                        stopped.countDown();
                    }
                },
                1);
        called.await();
        follower.close();
        start(1);
        steps.settle();
        assertThat(seen.items.get("a")).containsExactly("1");
    }

    private void table() {
        client.call(
                "CreateTable",
                "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
    }

    private void follow() {
        client.settle(client.tables().subscribe(NAME, WHO, Needs.changes(Images.BOTH)));
    }

    private void unsubscribe() {
        client.settle(client.tables().unsubscribe(NAME, WHO));
    }

    private void stream(String specification) {
        client.call("UpdateTable", "{TableName: 'Music', StreamSpecification: " + specification + "}");
    }

    private Table described() {
        return client.tables().find(NAME).orElseThrow();
    }

    private void put(String key, int number) {
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: '" + key + "'}, n: {N: '" + number + "'}}}");
    }

    private void delete(String key) {
        client.call("DeleteItem", "{TableName: 'Music', Key: {pk: {S: '" + key + "'}}}");
    }

    private LogConsumer start(int lanes) {
        return start(steps, seen, lanes);
    }

    private LogConsumer start(Runner runner, Receiver receiver, int lanes) {
        return start(client.store(), runner, receiver, lanes);
    }

    private LogConsumer start(RowStore store, Runner runner, Receiver receiver, int lanes) {
        String id = described().id();
        return LogConsumer.start(
                new LogConsumer.Options(id + "/" + WHO, LogPosition.START, lanes, new Budget(100, 1 << 20)),
                Sources.subscription(client.tables(), NAME, id, WHO),
                receiver,
                store,
                () -> now,
                runner);
    }

    private static List<String> upTo(int last, String... more) {
        var numbers = new ArrayList<String>();
        for (int i = 1; i <= last; i++) {
            numbers.add(Integer.toString(i));
        }
        numbers.addAll(List.of(more));
        return numbers;
    }
}
