package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Items expire, once each, whenever the process that sees to it is killed. */
@Tag("slow")
@Timeout(120)
class ExpiryTest {
    private static final String TABLE = "sessions";
    private static final int EXPIRED = 1_500;
    private static final int KEPT = 100;
    private static final int BATCH = 25;

    @TempDir
    Path directory;

    @Test
    void whatHasExpiredGoesOnceThoughTheProcessIsKilled() throws Exception {
        try (var gramme = GrammeProcess.start(directory.resolve("data"), "--ttl-interval", "0")) {
            try (var client = Clients.of(gramme.url())) {
                create(client);
                fill(client);
                assertThat(count(client)).isEqualTo(EXPIRED + KEPT);
            }
            gramme.kill();

            gramme.restart("--ttl-interval", "100ms");
            try (var client = Clients.of(gramme.url())) {
                awaitFewerThan(EXPIRED + KEPT, client);
            }
            gramme.kill();

            gramme.restart("--ttl-interval", "100ms");
            try (var client = Clients.of(gramme.url())) {
                awaitFewerThan(KEPT + 1, client);
                assertThat(IndexAudit.check(client, TABLE)).hasSize(KEPT);
                assertThat(client.describeTimeToLive(request -> request.tableName(TABLE))
                                .timeToLiveDescription()
                                .timeToLiveStatus())
                        .isEqualTo(TimeToLiveStatus.ENABLED);
                checkRemovals(gramme.url(), client);
            }
        }
    }

    private static void create(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Schemas.attribute("id", ScalarAttributeType.S),
                        Schemas.attribute("user", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id"))
                .globalSecondaryIndexes(Schemas.global("by-user", Schemas.all(), Schemas.hash("user")))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
        var echo = client.updateTimeToLive(request -> request.tableName(TABLE)
                        .timeToLiveSpecification(
                                timeToLive -> timeToLive.enabled(true).attributeName("expires")))
                .timeToLiveSpecification();
        assertThat(echo.attributeName()).isEqualTo("expires");
    }

    private static void fill(DynamoDbClient client) {
        long now = Instant.now().getEpochSecond();
        List<WriteRequest> writes = IntStream.range(0, EXPIRED + KEPT)
                .mapToObj(i -> Map.of(
                        "id", s("session" + i),
                        "user", s("user" + i % 7),
                        "expires", n(i < EXPIRED ? now - 1 - i % 100 : now + 3_600)))
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        for (int i = 0; i < writes.size(); i += BATCH) {
            List<WriteRequest> batch = writes.subList(i, Math.min(writes.size(), i + BATCH));
            assertThat(client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, batch)))
                            .unprocessedItems())
                    .isEmpty();
        }
    }

    private static int count(DynamoDbClient client) {
        return client.scan(request -> request.tableName(TABLE).consistentRead(true))
                .count();
    }

    private static void awaitFewerThan(int number, DynamoDbClient client) throws InterruptedException {
        while (count(client) >= number) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static void checkRemovals(URI url, DynamoDbClient client) throws IOException {
        String arn = client.describeTable(request -> request.tableName(TABLE))
                .table()
                .latestStreamArn();
        try (var streams = Clients.streamsOf(url)) {
            List<Record> removals = records(streams, arn).stream()
                    .filter(record -> record.eventName() == OperationType.REMOVE)
                    .toList();
            assertThat(removals)
                    .hasSize(EXPIRED)
                    .allSatisfy(record -> assertThat(record.userIdentity())
                            .isEqualTo(Identity.builder()
                                    .type("Service")
                                    .principalId("dynamodb.amazonaws.com")
                                    .build()));
            List<Map<String, AttributeValue>> keys =
                    removals.stream().map(record -> record.dynamodb().keys()).toList();
            assertThat(keys).doesNotHaveDuplicates();
        }
    }

    private static List<Record> records(DynamoDbStreamsClient streams, String arn) {
        var records = new ArrayList<Record>();
        var description =
                streams.describeStream(request -> request.streamArn(arn)).streamDescription();
        description.shards().forEach(shard -> {
            Optional<String> iterator = Optional.of(streams.getShardIterator(request -> request.streamArn(arn)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator());
            boolean more = true;
            while (more && iterator.isPresent()) {
                String from = iterator.get();
                var page = streams.getRecords(request -> request.shardIterator(from));
                records.addAll(page.records());
                iterator = Optional.ofNullable(page.nextShardIterator());
                more = page.hasRecords() && !page.records().isEmpty();
            }
        });
        return records;
    }
}
