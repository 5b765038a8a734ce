package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gramme.consistency.workload.Answer;
import io.gramme.consistency.workload.Bank;
import io.gramme.consistency.workload.Contention;
import io.gramme.consistency.workload.Crowd;
import io.gramme.consistency.workload.ListWorkload;
import io.gramme.consistency.workload.Retry;
import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.Node;
import io.gramme.devcluster.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Two servers over three Cassandra nodes, and clients that go to either of them while nodes and servers are killed, paused and cut
 * off the network.
 * After each: what clients saw has a legal order, money is neither made nor lost, indexes are as their tables, and the stream
 * tells each change once, in order. For longer, and with three more kinds of mischief: {@code -Dgramme.cluster.rounds=20}.
 */
@Tag("cluster")
@ResourceLock("nodes")
class ClusterHistoryTest {
    private static final int ROUNDS = Integer.getInteger("gramme.cluster.rounds", 1);
    private static final long SEED = Long.getLong("gramme.cluster.seed", 20_260_101L);
    private static final Duration PAUSE = Duration.ofSeconds(Integer.getInteger("gramme.cluster.pause", 6));
    private static final int LIST_CLIENTS = 6;
    private static final int MOVERS = 2;
    private static final int AUDITORS = 1;
    private static final int COUNTERS = 3;
    private static final int ACCOUNTS = 12;

    /** How many requests are settled before, between and after. */
    private static final int ENOUGH = Integer.getInteger("gramme.cluster.enough", 20);

    @TempDir
    private static Path directory;

    /** Why nobody can be cut off here, if so. */
    private static Optional<String> notApart = Optional.empty();

    private static DevCluster cluster;
    private static TwoServers servers;
    private static int played;

    @BeforeAll
    static void start() throws Exception {
        notApart = Wiring.whyNotApart();
        Wiring wiring = notApart.isEmpty() ? Wiring.APART : Wiring.LOOPBACK;
        cluster = SharedCluster.threeNodes(wiring);
        servers = TwoServers.start(cluster, wiring, "histories", directory);
    }

    @AfterAll
    static void end() {
        if (servers != null) {
            servers.close();
        }
    }

    /** What is done to the cluster while its clients work. */
    private interface Mischief {
        void run(SplittableRandom random, Busy busy) throws Exception;
    }

    /** Lets the clients work until so many more of their requests are settled. */
    private interface Busy {
        void settle(int requests) throws InterruptedException;
    }

    @Test
    @EnabledIfSystemProperty(named = "gramme.cluster.rounds", matches = ".+")
    void aNodeIsKilledAndStartedAgain() throws Exception {
        play("node", (random, busy) -> {
            Node node = cluster.node(1 + random.nextInt(3));
            node.kill();
            busy.settle(ENOUGH);
            node.start();
            cluster.awaitWhole();
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "gramme.cluster.rounds", matches = ".+")
    void aServerIsKilledAndStartedAgain() throws Exception {
        play("server", (random, busy) -> {
            servers.kill(random.nextInt(2));
            busy.settle(ENOUGH);
            servers.restart();
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "gramme.cluster.rounds", matches = ".+")
    void aNodeFallsSilentForSomeSeconds() throws Exception {
        play("pause", (random, busy) -> {
            Node node = cluster.node(1 + random.nextInt(3));
            node.pause();
            Thread.sleep(PAUSE);
            node.resume();
            cluster.awaitWhole();
        });
    }

    /** What it is sent is lost, and what it sends, whoever is at the other end: nodes and servers. */
    @Test
    void aNodeIsCutOffTheNetworkForSomeSeconds() throws Exception {
        requireApart();
        play("cut", (random, _) -> {
            Node node = cluster.node(1 + random.nextInt(3));
            node.cutOff();
            Thread.sleep(PAUSE);
            node.rejoin();
            cluster.awaitWhole();
        });
    }

    /** On the side of the few there are a node and a server, which reach each other. Their clients ask it all the time. */
    @Test
    void aServerThatIsCutOffWithANodeSaysSoAndComesBack() throws Exception {
        requireApart();
        play("island", (random, _) -> {
            Node node = cluster.node(1 + random.nextInt(3));
            int server = random.nextInt(2);
            node.cutOff();
            servers.cutOff(server);
            awaitAnswer(server, "status 503");
            Thread.sleep(PAUSE);
            node.rejoin();
            servers.rejoin(server);
            awaitAnswer(server, "there is none");
            cluster.awaitWhole();
        });
    }

    private static void requireApart() {
        assumeTrue(notApart.isEmpty(), () -> notApart.orElseThrow());
    }

    /** Until a server says that about a table that it has to look for. */
    private static void awaitAnswer(int server, String expected) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            Answer answer = servers.only(server).call("DescribeTable", "{TableName: 'nobodys'}");
            String said = answer instanceof Answer.Lost(var why) ? why : "there is none";
            if (said.equals(expected)) {
                return;
            }
            assertThat(System.nanoTime()).as("server %d says %s", server, said).isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    private static void play(String what, Mischief mischief) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + played++;
            play(what + round + "-", seed, mischief);
        }
    }

    private static void play(String prefix, long seed, Mischief mischief) throws Exception {
        var random = new SplittableRandom(seed);
        var lists = new ListWorkload(servers, prefix);
        var bank = new Bank(servers, prefix, ACCOUNTS, Retry.BACKING_OFF);
        var counted = new CountedChanges(servers, prefix + "counted");
        try (var crowd = new Crowd()) {
            lists.join(crowd, LIST_CLIENTS, random.nextLong());
            bank.join(crowd, MOVERS, AUDITORS, random.nextLong());
            counted.join(crowd, COUNTERS);
            Busy busy = requests -> {
                int enough = lists.settled() + requests;
                int steps = counted.settled() + COUNTERS;
                crowd.work(Duration.ZERO, () -> lists.settled() >= enough && counted.settled() >= steps);
            };
            busy.settle(ENOUGH);
            mischief.run(random, busy);
            busy.settle(ENOUGH);
            crowd.stop();
        }
        // Until entries of what was in hand when a server died have been delivered by another.
        awaitSettled(lists);
        Contention contention = bank.check();
        counted.check(servers.url(0));
        counted.check(servers.url(1));
        System.out.println("seed " + seed + ": " + contention.report() + "; " + counted.settled() + " counted");
        lists.dropTables();
        bank.dropTables();
    }

    private static void awaitSettled(ListWorkload lists) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                ListWorkload.Tally tally = lists.check();
                System.out.println(tally);
                assertThat(tally.done()).isPositive();
                return;
            } catch (AssertionError e) {
                if (!String.valueOf(e.getMessage()).startsWith("index ") || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }
}
