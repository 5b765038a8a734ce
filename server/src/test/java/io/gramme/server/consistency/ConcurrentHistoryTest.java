package io.gramme.server.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.Crowd;
import io.gramme.consistency.workload.ListWorkload;
import io.gramme.server.Client;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever many clients do at once to a few items has a legal order, on each engine. What they choose to do follows from the
 * seed, how they meet does not. For longer than a few seconds: {@code -Dgramme.history.seconds=600 -Dgramme.history.seed=1};
 * with crashes: {@code acceptance/soak}.
 */
class ConcurrentHistoryTest {
    private static final int SECONDS = Integer.getInteger("gramme.history.seconds", 4);
    private static final long SEED = Long.getLong("gramme.history.seed", 20_260_101L);
    private static final int CLIENTS = 16;

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
        for (int round = 0; round * ROUND.toSeconds() < SECONDS; round++) {
            var workload = new ListWorkload(client::answer, "round" + round + "-");
            try (var crowd = new Crowd()) {
                workload.join(crowd, CLIENTS, SEED + round);
                long end = System.nanoTime() + ROUND.toNanos();
                crowd.workUntil(() -> System.nanoTime() >= end);
                crowd.stop();
            }
            ListWorkload.Tally tally = workload.check();
            assertThat(tally.transactions()).as("%s", tally).isPositive();
            assertThat(tally.unanswered()).as("%s", tally).isZero();
            System.out.println("seed " + (SEED + round) + ": " + tally);
            workload.dropTables();
        }
    }
}
