package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server with a trigger that is killed in the middle of writes and deliveries: everything acknowledged arrives, each
 * item's newest change last, and each change behind the one before it: what comes twice comes with all that follows it. For longer: {@code -Dgramme.kill.rounds=100}.
 */
@Tag("slow")
@Timeout(300)
class TriggerKillTest {
    private static final String TABLE = "orders";
    private static final int ROUNDS = Integer.getInteger("gramme.kill.rounds", 2);
    private static final long SEED = Long.getLong("gramme.kill.seed", 20_261_127L);
    private static final int ITEMS = 10;
    private static final int MOST_WRITES = 400;

    @TempDir
    Path directory;

    /** What arrived of each item, in the order of arrival. */
    private final Map<String, List<Integer>> arrived = new ConcurrentHashMap<>();

    @Test
    void everythingAcknowledgedArrivesThoughTheProcessIsKilled() throws Exception {
        var random = new SplittableRandom(SEED);
        var written = new HashMap<String, Integer>();
        try (var site = new FakeSite(this::take);
                var gramme = GrammeProcess.start(directory.resolve("data"), "--partition-bytes", "20000")) {
            try (var client = Clients.of(gramme.url())) {
                create(client);
            }
            GrammeCommand.run(
                    gramme.url(),
                    "trigger",
                    "create",
                    "--table",
                    TABLE,
                    "--webhook",
                    site.url().toString(),
                    "--batch-size",
                    "7",
                    "--parallel",
                    "3");
            for (int round = 0; round < ROUNDS; round++) {
                write(gramme, random.nextInt(1, MOST_WRITES), random, written);
                gramme.kill();
                gramme.restart("--partition-bytes", "20000");
            }
            await(written);
            assertThat(GrammeCommand.run(gramme.url(), "trigger", "list")).contains("\"State\":\"Enabled\"");
        }
        assertThat(arrived.values()).allSatisfy(TriggerKillTest::requireOrderButForRepetitions);
    }

    private FakeSite.Answer take(byte[] event) {
        for (JsonNode record : JsonMapper.shared().readTree(event).get("Records")) {
            arrived.computeIfAbsent(record.at("/dynamodb/Keys/id/S").asString(), _ -> new CopyOnWriteArrayList<>())
                    .add(Integer.valueOf(record.at("/dynamodb/NewImage/n/N").asString()));
        }
        return FakeSite.Answer.OK;
    }

    private static void create(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id"))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
    }

    private static void write(GrammeProcess gramme, int writes, SplittableRandom random, Map<String, Integer> written) {
        try (var client = Clients.withoutRetry(gramme.url())) {
            for (int i = 0; i < writes; i++) {
                String id = "item" + random.nextInt(ITEMS);
                int number = written.getOrDefault(id, 0) + 1;
                client.putItem(request -> request.tableName(TABLE)
                        .item(Map.of("id", s(id), "n", n(number), "fill", s("x".repeat(random.nextInt(2_000))))));
                written.put(id, number);
            }
        } catch (SdkException e) {
            throw new AssertionError("the process was not killed yet", e);
        }
    }

    private void await(Map<String, Integer> written) throws InterruptedException {
        while (!written.entrySet().stream().allMatch(item -> isLast(item.getKey(), item.getValue()))) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private boolean isLast(String id, int number) {
        List<Integer> numbers = arrived.getOrDefault(id, List.of());
        return !numbers.isEmpty() && numbers.getLast() == number;
    }

    /** Each number follows the one before, or is one that came before: then its successors come again, too. */
    private static void requireOrderButForRepetitions(List<Integer> numbers) {
        int last = 0;
        for (int number : numbers) {
            assertThat(number).as("after %d in %s", last, numbers).isLessThanOrEqualTo(last + 1);
            last = number;
        }
    }
}
