package io.gramme.microbenchmark;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A closed loop of the SDK's synchronous client as an application uses it: it signs, checks and unmarshals. */
public final class SdkLoad {
    private static final String TABLE = "sdk";
    private static final int ITEMS = 1_000;
    private static final int PARTITION_ITEMS = 10;
    private static final int ITEM_BYTES = 1_000;
    private static final List<Integer> CONNECTIONS = List.of(1, 32);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(4);

    private final DynamoDbClient client;

    SdkLoad(DynamoDbClient client) {
        this.client = client;
    }

    /** One request for the item with this number. */
    private interface Operation {
        void run(int item);
    }

    /** @param arguments the server's name, and its port on this machine */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + arguments[1]))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("benchmark", "secret")))
                .build()) {
            var load = new SdkLoad(client);
            load.fill();
            for (int connections : CONNECTIONS) {
                load.measure(arguments[0], "GetItem", connections, load::get);
                load.measure(arguments[0], "PutItem", connections, load::put);
                load.measure(arguments[0], "Query", connections, load::query);
            }
        }
    }

    void fill() {
        client.createTable(table -> table.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("p")
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("s")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("p")
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("s")
                                .keyType(KeyType.RANGE)
                                .build()));
        client.waiter().waitUntilTableExists(table -> table.tableName(TABLE));
        IntStream.range(0, ITEMS).forEach(this::put);
    }

    void get(int item) {
        require(client.getItem(get -> get.tableName(TABLE).key(key(item))).hasItem());
    }

    void put(int item) {
        // Every put changes its item, so that no server can skip the write.
        String data = "%016x".formatted(ThreadLocalRandom.current().nextLong()) + "x".repeat(ITEM_BYTES);
        var attributes = Map.of(
                "p",
                key(item).get("p"),
                "s",
                key(item).get("s"),
                "d",
                AttributeValue.fromS(data.substring(0, ITEM_BYTES)));
        client.putItem(put -> put.tableName(TABLE).item(attributes));
    }

    void query(int item) {
        require(client.query(query -> query.tableName(TABLE)
                                .keyConditionExpression("p = :p")
                                .expressionAttributeValues(
                                        Map.of(":p", key(item).get("p"))))
                        .count()
                == PARTITION_ITEMS);
    }

    private static Map<String, AttributeValue> key(int item) {
        return Map.of(
                "p",
                AttributeValue.fromS("p" + item / PARTITION_ITEMS),
                "s",
                AttributeValue.fromN(String.valueOf(item % PARTITION_ITEMS)));
    }

    private static void require(boolean answeredInFull) {
        if (!answeredInFull) {
            throw new IllegalStateException("an answer does not match its request");
        }
    }

    private void measure(String target, String name, int connections, Operation operation)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime() + WARM_UP.toNanos();
        long end = begin + MEASURED.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> loops = IntStream.range(0, connections)
                    .mapToObj(_ -> threads.submit(() -> loop(operation, begin, end)))
                    .toList();
            long[] nanos = {};
            for (Future<long[]> loop : loops) {
                nanos = LongStream.concat(Arrays.stream(nanos), Arrays.stream(loop.get()))
                        .toArray();
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%-15s %-10s %11d %10.0f %8.0f %8.0f%n",
                    target,
                    name,
                    connections,
                    nanos.length * 1e9 / MEASURED.toNanos(),
                    nanos[nanos.length / 2] / 1e3,
                    nanos[nanos.length * 99 / 100] / 1e3);
        }
    }

    /** The latencies of the requests sent and answered in this time. */
    private static long[] loop(Operation operation, long begin, long end) {
        var latencies = LongStream.builder();
        while (true) {
            long sent = System.nanoTime();
            operation.run(ThreadLocalRandom.current().nextInt(ITEMS));
            long answered = System.nanoTime();
            if (answered > end) {
                return latencies.build().toArray();
            }
            if (sent >= begin) {
                latencies.add(answered - sent);
            }
        }
    }
}
