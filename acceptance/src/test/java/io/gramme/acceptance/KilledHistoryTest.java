package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.Bank;
import io.gramme.consistency.workload.Contention;
import io.gramme.consistency.workload.Crowd;
import io.gramme.consistency.workload.HttpDatabase;
import io.gramme.consistency.workload.ListWorkload;
import io.gramme.consistency.workload.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What many clients see of a server that is killed and started again under them has a legal order, money is neither made nor
 * lost, and a transaction that is sent again under its token is done once. For longer than a minute:
 * {@code acceptance/soak}.
 */
@Tag("slow")
class KilledHistoryTest {
    private static final int SECONDS = Integer.getInteger("gramme.soak.seconds", 30);
    private static final long SEED = Long.getLong("gramme.soak.seed", 20_260_101L);
    private static final int LIST_CLIENTS = 12;
    private static final int MOVERS = 6;
    private static final int AUDITORS = 2;
    private static final int ACCOUNTS = 8;
    private static final int KILLS_OF_A_ROUND = 2;

    /** How many requests are settled between two kills. */
    private static final int LEAST_REQUESTS = 150;

    private static final int MOST_REQUESTS = 800;

    @TempDir
    Path directory;

    @Test
    void whatClientsSeeOfAServerThatIsKilledHasALegalOrder() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        try (var gramme = GrammeProcess.start(directory.resolve("data"));
                var database = new HttpDatabase(gramme.url())) {
            for (int round = 0; round == 0 || System.nanoTime() < end; round++) {
                play(gramme, database, round);
            }
        }
    }

    /** Each round has tables of its own, so that histories and tables do not grow for ever. */
    private static void play(GrammeProcess gramme, HttpDatabase database, int round) throws Exception {
        long seed = SEED + round;
        var random = new SplittableRandom(seed);
        String prefix = "round" + round + "-";
        var lists = new ListWorkload(database, prefix);
        var bank = new Bank(database, prefix, ACCOUNTS, Retry.BACKING_OFF);
        try (var crowd = new Crowd()) {
            lists.join(crowd, LIST_CLIENTS, random.nextLong());
            bank.join(crowd, MOVERS, AUDITORS, random.nextLong());
            for (int kill = 0; kill < KILLS_OF_A_ROUND; kill++) {
                int enough = lists.settled() + random.nextInt(LEAST_REQUESTS, MOST_REQUESTS);
                crowd.work(Duration.ZERO, () -> lists.settled() >= enough);
                database.hold();
                gramme.kill();
                gramme.restart();
                database.resume();
            }
            int enough = lists.settled() + random.nextInt(LEAST_REQUESTS, MOST_REQUESTS);
            crowd.work(Duration.ZERO, () -> lists.settled() >= enough);
            crowd.stop();
        }
        ListWorkload.Tally tally = lists.check();
        Contention contention = bank.check();
        System.out.println("seed " + seed + ": " + tally + "; " + contention.report());
        assertThat(tally.transactions()).as("%s", tally).isPositive();
        assertThat(contention.settled()).as(contention.report()).isPositive();
        lists.dropTables();
        bank.dropTables();
    }
}
