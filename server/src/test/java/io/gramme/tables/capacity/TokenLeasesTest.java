package io.gramme.tables.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.server.Client;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that divide the throughput of one table among them, in virtual time. */
class TokenLeasesTest {
    private static final int STEP = 10;
    private static final long MINUTE = 60_000;

    private final Client client = Client.at(Clock.systemUTC());
    private long milliseconds = 1_700_000_000_000L;
    private int left;

    @AfterEach
    void close() {
        client.close();
    }

    /** A server of the store; reads cost one unit. */
    private final class Member {
        final Meters meters =
                Meters.shared(ThroughputMode.AWS, Optional.empty(), () -> milliseconds * 1_000_000, () -> milliseconds);
        final TokenLeases leases =
                new TokenLeases(client.store(), meters, () -> client.tables().all(), () -> milliseconds);
        long served;

        void tryToRead(Table table, int times) {
            var target = new ReadTarget(table, Optional.empty());
            for (int i = 0; i < times; i++) {
                Charge charge = meters.charge();
                try {
                    charge.admitRead(target, i * 0x9E37_79B9_7F4A_7C15L);
                } catch (ApiException _) {
                    return;
                }
                charge.payRead(target, i * 0x9E37_79B9_7F4A_7C15L, 1, Consistency.STRONG, Factor.PLAIN);
                served++;
            }
        }
    }

    private Table table(int reads) {
        client.call(
                "CreateTable",
                "{TableName: 'Tab', ProvisionedThroughput: {ReadCapacityUnits: " + reads + ", WriteCapacityUnits: 5},"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
        Table table = client.tables().all().getFirst();
        milliseconds = table.created().toEpochMilli();
        return table;
    }

    private void pass(long time, Table table, int each, List<Member> members) {
        var order = new ArrayList<>(members);
        var random = new Random(1);
        for (long end = milliseconds + time; milliseconds < end; milliseconds += STEP) {
            // No server is always the first to lease.
            Collections.shuffle(order, random);
            for (Member member : order) {
                member.tryToRead(table, each);
                if (milliseconds % TokenLeases.PERIOD.toMillis() < STEP) {
                    member.leases.run();
                }
            }
        }
    }

    @Test
    void twoServersThatBothWantMoreServeTheRateOfTheTableTogether() {
        Table table = table(100);
        var one = new Member();
        var other = new Member();
        pass(MINUTE, table, 10, List.of(one, other));
        long before = one.served + other.served;
        pass(MINUTE, table, 10, List.of(one, other));
        assertThat((double) (one.served + other.served - before)).isCloseTo(6_000, within(300.0));
        assertThat((double) one.served).isCloseTo((double) other.served, within(1_500.0));
    }

    @Test
    void aServerWithAllTheRequestsServesTheWholeRate() {
        Table table = table(100);
        var busy = new Member();
        var quiet = new Member();
        pass(MINUTE, table, 10, List.of(busy));
        quiet.tryToRead(table, 1);
        long before = busy.served;
        for (long end = milliseconds + MINUTE; milliseconds < end; ) {
            pass(TokenLeases.PERIOD.toMillis(), table, 10, List.of(busy));
            quiet.leases.run();
        }
        assertThat((double) (busy.served - before)).isCloseTo(6_000, within(300.0));
    }

    @Test
    void theBurstOfATableIsServedOnceWhoeverServesIt() {
        Table table = table(10);
        // The bucket of a table that is five minutes old is full.
        milliseconds += 5 * MINUTE;
        var one = new Member();
        var other = new Member();
        pass(MINUTE, table, 50, List.of(one, other));
        assertThat((double) (one.served + other.served)).isCloseTo(3_000 + 600, within(150.0));
    }

    @Test
    void aServerThatDiesTakesNoMoreThanItsLeaseWithIt() {
        for (int seed = 0; seed < 5; seed++) {
            var random = new SplittableRandom(seed);
            if (client.tables().all().isEmpty()) {
                var _ = table(50);
            }
            Table table = client.tables().all().getFirst();
            var survivor = new Member();
            long served = 0;
            long begin = milliseconds;
            var all = new ArrayList<Member>();
            while (milliseconds < begin + MINUTE) {
                var mortal = new Member();
                all.add(mortal);
                pass(random.nextLong(3_000, 6_000), table, 5, List.of(survivor, mortal));
            }
            served = survivor.served
                    + all.stream().mapToLong(member -> member.served).sum();
            double most = (milliseconds - begin) / 1_000.0 * 50;
            // A lease holds the tokens of less than a second at this demand.
            double lost = all.size() * 50.0;
            if (seed > 0) {
                assertThat((double) served).as("seed %d", seed).isBetween(most - lost, most + 100);
            }
        }
    }

    @Test
    void anIdleServerGivesItsLeaseBackAndADeletedTableLeavesNoBucket() {
        Table table = table(100);
        var one = new Member();
        one.tryToRead(table, 1);
        for (int i = 0; i < 20; i++) {
            one.leases.run();
        }
        // It has nothing in hand, but the next request takes a lease in advance.
        assertThat(refusedAtOnce(one, table)).isFalse();
        assertThat(buckets(table)).isPositive();
        client.call("DeleteTable", "{TableName: 'Tab'}");
        one.leases.run();
        assertThat(buckets(table)).isZero();
    }

    @Test
    void aServerThatFindsTheBucketEmptyIsServedLater() {
        Table table = table(5);
        var greedy = new Member();
        var poor = new Member();
        // One read of two thousand units: its debt takes what the bucket gains for some minutes.
        greedy.meters
                .charge()
                .payRead(new ReadTarget(table, Optional.empty()), 1, 2_000 * 4_096L, Consistency.STRONG, Factor.PLAIN);
        greedy.leases.run();
        pass(MINUTE, table, 1, List.of(greedy, poor));
        long starving = poor.served;
        pass(10 * MINUTE, table, 1, List.of(greedy, poor));
        assertThat(poor.served).isGreaterThan(starving + 500);
    }

    private static boolean refusedAtOnce(Member member, Table table) {
        long before = member.served;
        member.tryToRead(table, 1);
        return member.served == before;
    }

    private int buckets(Table table) {
        left = 0;
        AllRows.scan(
                client.store(),
                new PartitionKey(
                        TablespaceId.CATALOG,
                        Bytes.utf8("tokens")
                                .plus(Bytes.ofLong(table.tablespace().number()))),
                Range.startingWith(Bytes.of(0x30)),
                _ -> left++);
        return left;
    }
}
