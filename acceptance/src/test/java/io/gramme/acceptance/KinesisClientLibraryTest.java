package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The Kinesis Client Library, with its leases in Gramme, reads streams of Gramme. */
@Tag("slow")
@EnabledIfSystemProperty(named = "gramme.kcl", matches = "true")
@Timeout(120)
class KinesisClientLibraryTest {
    private static final String TABLE = "meters";
    private static final String APPLICATION = "readers-of-meters";
    private static final int ITEMS = 24;
    private static final int ROUNDS_EACH = 15;
    private static final String TEXT = "x".repeat(1_000);

    /** Less than what the items of one of the first four shards are. */
    private static final String PARTITION_BYTES = "4000";

    @TempDir
    Path directory;

    /** The readings of each meter, as they came. */
    private final Map<String, List<Integer>> seen = new ConcurrentHashMap<>();

    @Test
    void everyChangeIsSeenOnceAndInOrderOverRestartsAndASplit() throws Exception {
        try (var gramme = GrammeProcess.start(directory.resolve("data"), "--partition-bytes", "1000000000")) {
            String stream;
            try (var client = Clients.of(gramme.url())) {
                stream = createTable(client);
                try (var first = worker(gramme.url(), stream)) {
                    write(client, 0);
                    awaitSome(ITEMS);
                    write(client, ROUNDS_EACH);
                    first.stop();
                }
            }
            gramme.kill();
            gramme.restart("--partition-bytes", PARTITION_BYTES);
            try (var client = Clients.of(gramme.url());
                    var _ = worker(gramme.url(), stream)) {
                write(client, 2 * ROUNDS_EACH);
                awaitSplit(gramme.url(), stream);
                write(client, 3 * ROUNDS_EACH);
                awaitAll(4 * ROUNDS_EACH);
            }
        }
        List<Integer> readings = IntStream.range(0, 4 * ROUNDS_EACH).boxed().toList();
        assertThat(seen)
                .isEqualTo(IntStream.range(0, ITEMS).boxed().collect(toMap(item -> "meter" + item, _ -> readings)));
    }

    private static String createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("id", ScalarAttributeType.S))
                .keySchema(hash("id"))
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        return client.waiter()
                .waitUntilTableExists(request -> request.tableName(TABLE))
                .matched()
                .response()
                .orElseThrow()
                .table()
                .latestStreamArn();
    }

    private static void write(DynamoDbClient client, int from) {
        for (int reading = from; reading < from + ROUNDS_EACH; reading++) {
            for (int item = 0; item < ITEMS; item++) {
                var meter = Map.of("id", s("meter" + item), "reading", n(reading), "text", s(TEXT));
                client.putItem(request -> request.tableName(TABLE).item(meter));
            }
        }
    }

    private StreamWorker worker(URI url, String stream) {
        return new StreamWorker(url, stream, APPLICATION, this::note);
    }

    /** The records of an item come one after another, whichever worker reads them. */
    private void note(Record record) {
        String id = Attributes.get(record.dynamodb().keys(), "id").s();
        String reading = Attributes.get(record.dynamodb().newImage(), "reading").n();
        seen.computeIfAbsent(id, _ -> new ArrayList<>()).add(Integer.parseInt(reading));
    }

    private int count() {
        return seen.values().stream().mapToInt(List::size).sum();
    }

    private void awaitSome(int number) throws InterruptedException {
        while (count() < number) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private void awaitAll(int readings) throws InterruptedException {
        awaitSome(readings * ITEMS);
    }

    private static void awaitSplit(URI url, String stream) throws InterruptedException {
        try (var streams = Clients.streamsOf(url)) {
            while (streams.describeStream(request -> request.streamArn(stream)).streamDescription().shards().stream()
                    .map(Shard::parentShardId)
                    .allMatch(parent -> parent == null)) {
                Thread.sleep(Duration.ofMillis(20));
            }
        }
    }
}
