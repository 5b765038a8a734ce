package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.acceptance.LedgerWriter.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A server that is killed in the middle of writes has, when it is back, all that it acknowledged, and indexes that agree
 * with their tables. For longer than a few seconds: {@code -Dgramme.kill.rounds=100 -Dgramme.kill.seed=1}.
 */
@Tag("slow")
class KillTest {
    private static final int ROUNDS = Integer.getInteger("gramme.kill.rounds", 3);
    private static final long SEED = Long.getLong("gramme.kill.seed", 20_260_101L);
    private static final int WRITERS = 6;
    /** Enough for every writer to have changed what it wrote before. */
    private static final int MIN_WRITES = 100;

    private static final int MAX_WRITES = 600;

    @TempDir
    Path directory;

    @Test
    void nothingAcknowledgedIsLostAndNoIndexDisagrees() throws Exception {
        var random = new SplittableRandom(SEED);
        var count = new Count();
        List<LedgerWriter> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new LedgerWriter("writer-" + i, random.split()));
        }
        try (var gramme = GrammeProcess.start(directory.resolve("data"))) {
            try (var client = Clients.of(gramme.url())) {
                createLedger(client);
            }
            for (int round = 0; round < ROUNDS; round++) {
                killAfter(random.nextInt(MIN_WRITES, MAX_WRITES), gramme, writers, count);
                gramme.restart();
                try (var client = Clients.of(gramme.url())) {
                    check("round " + round + " of seed " + SEED, client, writers, count);
                }
            }
        }
    }

    private static void createLedger(DynamoDbClient client) {
        client.createTable(request -> request.tableName(LedgerWriter.TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Schemas.attribute("account", ScalarAttributeType.S),
                        Schemas.attribute("entry", ScalarAttributeType.S),
                        Schemas.attribute("amount", ScalarAttributeType.N),
                        Schemas.attribute("kind", ScalarAttributeType.S),
                        Schemas.attribute("owner", ScalarAttributeType.S))
                .keySchema(Schemas.hash("account"), Schemas.range("entry"))
                .localSecondaryIndexes(
                        Schemas.local("by-amount", Schemas.all(), Schemas.hash("account"), Schemas.range("amount")))
                .globalSecondaryIndexes(
                        Schemas.global(
                                "by-kind", Schemas.include("note"), Schemas.hash("kind"), Schemas.range("amount")),
                        Schemas.global("by-owner", Schemas.keysOnly(), Schemas.hash("owner"))));
        client.waiter().waitUntilTableExists(request -> request.tableName(LedgerWriter.TABLE));
    }

    /** All writers write; the process is killed at some write, and each writer ends at the answer that stays out. */
    private static void killAfter(int writes, GrammeProcess gramme, List<LedgerWriter> writers, Count count)
            throws Exception {
        var done = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(WRITERS);
                var client = Clients.withoutRetry(gramme.url())) {
            List<Future<SdkClientException>> ends = new ArrayList<>();
            for (LedgerWriter writer : writers) {
                ends.add(threads.submit(untilItFails(() -> {
                    writer.write(client, count, done);
                    if (done.get() == writes) {
                        gramme.kill();
                    }
                })));
            }
            for (Future<SdkClientException> end : ends) {
                assertThat(end.get()).isNotNull(); // Any other failure is thrown here.
            }
        }
        assertThat(gramme.isAlive()).isFalse();
    }

    /** No answer is an {@link SdkClientException}; an error of the service is none, and fails the test. */
    private static Callable<SdkClientException> untilItFails(Runnable write) {
        return () -> {
            while (true) {
                try {
                    write.run();
                } catch (SdkClientException e) {
                    return e;
                }
            }
        };
    }

    private static void check(String when, DynamoDbClient client, List<LedgerWriter> writers, Count count) {
        var items = IndexAudit.check(client, LedgerWriter.TABLE);
        long counted = Count.in(items);
        assertThat(counted)
                .as("count, %s", when)
                .isBetween(count.acknowledged().get(), count.asked().get());
        count.set(counted);

        var expected = new HashMap<Map<String, AttributeValue>, Map<String, AttributeValue>>();
        writers.forEach(writer -> expected.putAll(writer.settle(items)));
        var entries = new HashMap<>(items);
        entries.keySet().removeIf(key -> Attributes.get(key, "account").s().equals("shared"));
        IndexAudit.requireSame(LedgerWriter.TABLE + ", " + when, entries, expected);
    }
}
