package io.gramme.server.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.Bank;
import io.gramme.consistency.workload.Contention;
import io.gramme.consistency.workload.Crowd;
import io.gramme.consistency.workload.ListWorkload;
import io.gramme.consistency.workload.Lossy;
import io.gramme.consistency.workload.Retry;
import io.gramme.server.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever many clients do at once to a few items has a legal order, on each engine, though requests and answers are lost on
 * the way; and money is conserved. What they choose to do follows from the
 * seed, how they meet does not. For longer than half a minute on each engine: {@code -Dgramme.history.seconds=600 -Dgramme.history.seed=1};
 * with crashes: {@code acceptance/soak}.
 */
@Tag("slow")
class ConcurrentHistoryTest {
    private static final int SECONDS = Integer.getInteger("gramme.history.seconds", 12);
    private static final long SEED = Long.getLong("gramme.history.seed", 20_260_101L);
    private static final int LIST_CLIENTS = 12;
    private static final int MOVERS = 3;
    private static final int AUDITORS = 1;
    private static final int ACCOUNTS = 6;

    /** However slow the machine. */
    private static final int LEAST_REQUESTS = 1_000;

    /** How long a history grows before it is checked and another begun. */
    private static final Duration ROUND = Duration.ofSeconds(Math.min(SECONDS, 30));

    @Test
    void historiesInMemoryHaveALegalOrder() throws InterruptedException {
        try (Client client = Client.inMemory()) {
            play(client);
        }
    }

    @Test
    void historiesOnDiskHaveALegalOrder(@TempDir Path directory) throws InterruptedException {
        try (Client client = Client.onDisk(directory)) {
            play(client);
        }
    }

    private static void play(Client client) throws InterruptedException {
        var database = new Lossy(client::answer);
        for (int round = 0; round * ROUND.toSeconds() < SECONDS; round++) {
            var random = new SplittableRandom(SEED + round);
            String prefix = "round" + round + "-";
            var lists = new ListWorkload(database, prefix);
            var bank = new Bank(database, prefix, ACCOUNTS, Retry.BACKING_OFF);
            try (var crowd = new Crowd()) {
                lists.join(crowd, LIST_CLIENTS, random.nextLong());
                bank.join(crowd, MOVERS, AUDITORS, random.nextLong());
                crowd.work(ROUND, () -> lists.settled() >= LEAST_REQUESTS);
                crowd.stop();
            }
            ListWorkload.Tally tally = lists.check();
            Contention contention = bank.check();
            System.out.println("seed " + (SEED + round) + ": " + tally + "; " + contention.report());
            assertThat(tally.transactions()).as("%s", tally).isPositive();
            assertThat(contention.settled()).as(contention.report()).isPositive();
            lists.dropTables();
            bank.dropTables();
        }
    }
}
