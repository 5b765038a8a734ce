package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DestinationStatus;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import tools.jackson.databind.JsonNode;

/** What is written to a table comes to Kinesis, though both sides fail. */
@Tag("slow")
@Timeout(120)
class KinesisDeliveryTest {
    private static final String TABLE = "meters";
    private static final String STREAM = "arn:aws:kinesis:eu-west-1:111111111111:stream/readings";
    private static final long SEED = 20_261_127;
    private static final int ITEMS = 10;
    private static final int ROUNDS_EACH = 20;

    @TempDir
    Path directory;

    private final int metricsPort = freePort();

    KinesisDeliveryTest() throws IOException {}

    @Test
    void nothingIsLostBetweenCommitAndDelivery() throws Exception {
        try (var kinesis = new FakeKinesis(STREAM, SEED);
                var gramme = GrammeProcess.start(directory.resolve("data"), options(kinesis))) {
            try (var client = Clients.of(gramme.url())) {
                createTable(client);
                enable(client);
                write(client, 0);
                // It has read what was committed, and could deliver nothing of it.
                while (kinesis.refusals() < 3) {
                    Thread.sleep(Duration.ofMillis(20));
                }
                assertThat(lagSeconds()).isPositive();
            }
            gramme.kill();
            assertThat(kinesis.records()).isEmpty();
            kinesis.open();
            gramme.restart(options(kinesis));
            try (var client = Clients.of(gramme.url())) {
                write(client, ROUNDS_EACH);
                // In the midst of deliveries, or behind them: what was taken may come again.
                awaitChanges(kinesis, 3 * ITEMS * ROUNDS_EACH / 2);
                gramme.kill();
                gramme.restart(options(kinesis));
                awaitChanges(kinesis, 2 * ITEMS * ROUNDS_EACH);
                assertThat(client.describeKinesisStreamingDestination(request -> request.tableName(TABLE))
                                .kinesisDataStreamDestinations()
                                .getFirst()
                                .destinationStatus())
                        .isEqualTo(DestinationStatus.ACTIVE);
                while (lagSeconds() > 0) {
                    Thread.sleep(Duration.ofMillis(20));
                }
            }
            assertThat(kinesis.complaints()).isEmpty();
            checkOrder(kinesis.records());
        }
    }

    private String[] options(FakeKinesis kinesis) {
        return new String[] {
            "--kinesis-endpoint", kinesis.url().toString(), "--metrics-port", String.valueOf(metricsPort)
        };
    }

    /** As monitors see it. */
    private double lagSeconds() throws IOException {
        try (InputStream in = URI.create("http://127.0.0.1:" + metricsPort + "/metrics")
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("gramme_kinesis_lag_seconds{") && line.contains(STREAM))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("id", ScalarAttributeType.S))
                .keySchema(hash("id")));
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
    }

    private static void enable(DynamoDbClient client) throws InterruptedException {
        client.enableKinesisStreamingDestination(
                request -> request.tableName(TABLE).streamArn(STREAM));
        while (client.describeKinesisStreamingDestination(request -> request.tableName(TABLE))
                        .kinesisDataStreamDestinations()
                        .getFirst()
                        .destinationStatus()
                != DestinationStatus.ACTIVE) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    /** Every item is changed once in a round: most rounds put it, each fifth deletes it. */
    private static void write(DynamoDbClient client, int from) {
        for (int round = from; round < from + ROUNDS_EACH; round++) {
            for (int item = 0; item < ITEMS; item++) {
                String id = "meter" + item;
                var meter = Map.of("id", s(id), "reading", n(round));
                if (round % 5 == 4) {
                    client.deleteItem(request -> request.tableName(TABLE).key(Map.of("id", s(id))));
                } else {
                    client.putItem(request -> request.tableName(TABLE).item(meter));
                }
            }
        }
    }

    private static void awaitChanges(FakeKinesis kinesis, int number) throws InterruptedException {
        while (ids(kinesis.records()).size() < number) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static Set<String> ids(List<JsonNode> records) {
        var ids = new HashSet<String>();
        records.forEach(record -> ids.add(record.get("eventID").asString()));
        return ids;
    }

    /** Each item's changes came in their order, but for those that came again after a crash, which came in it again. */
    private static void checkOrder(List<JsonNode> records) {
        Map<String, List<Integer>> rounds = records.stream()
                .collect(groupingBy(
                        record -> record.at("/dynamodb/Keys/id/S").asString(),
                        mapping(KinesisDeliveryTest::round, toList())));
        assertThat(rounds).hasSize(ITEMS).allSatisfy((item, seen) -> {
            assertThat(new HashSet<>(seen))
                    .containsAll(IntStream.range(0, 2 * ROUNDS_EACH).boxed().toList());
            int last = -1;
            for (int round : seen) {
                assertThat(round).as("%s went on behind %d", item, last).isLessThanOrEqualTo(last + 1);
                last = round;
            }
        });
    }

    /** In which round the change was made, as its images tell. */
    private static int round(JsonNode record) {
        JsonNode dynamodb = record.get("dynamodb");
        return switch (record.get("eventName").asString()) {
            case "REMOVE" -> dynamodb.at("/OldImage/reading/N").asInt() + 1;
            default -> dynamodb.at("/NewImage/reading/N").asInt();
        };
    }
}
