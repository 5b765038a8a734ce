package io.gramme.server.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.Bank;
import io.gramme.consistency.workload.Contention;
import io.gramme.consistency.workload.Crowd;
import io.gramme.consistency.workload.Retry;
import io.gramme.server.Client;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many clients move money between very few accounts, and all of it comes to an end with nothing lost. How long anybody had to
 * wait is printed and not judged: it says as much of the machine. For longer: {@code -Dgramme.contention.seconds=60
 * -Dgramme.contention.clients=64}.
 */
@Tag("slow")
class ContentionTest {
    private static final int SECONDS = Integer.getInteger("gramme.contention.seconds", 2);
    private static final int CLIENTS = Integer.getInteger("gramme.contention.clients", 32);
    private static final int AUDITORS = 2;
    private static final int ACCOUNTS = 6;
    private static final long SEED = 1;

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsForEverInMemory(Retry retry) throws InterruptedException {
        try (Client client = Client.inMemory()) {
            contend("in memory", client, retry);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsForEverOnDisk(Retry retry, @TempDir Path directory) throws InterruptedException {
        try (Client client = Client.onDisk(directory)) {
            contend("on disk", client, retry);
        }
    }

    private static void contend(String where, Client client, Retry retry) throws InterruptedException {
        var bank = new Bank(client::answer, "hot-", ACCOUNTS, retry);
        try (var crowd = new Crowd()) {
            bank.join(crowd, CLIENTS, AUDITORS, SEED);
            crowd.work(Duration.ofSeconds(SECONDS), bank::hasServedAll);
            crowd.stop();
        }
        Contention contention = bank.check();
        System.out.println(where + ", " + retry + ": " + contention.report());
        assertThat(contention.leastSettled()).as(contention.report()).isPositive();
        assertThat(contention.audits()).as(contention.report()).isPositive();
    }
}
