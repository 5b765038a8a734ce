package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The same operations on the memory engine and on RocksDB give the same answers, word for word; and whatever was done, each
 * index holds just what its table's items say. Rerun a failure by its seed.
 */
@Tag("slow")
class OperationHistoryTest {
    private static final int STEPS = 600;
    private static final String TABLE = """
            {TableName: 'History', BillingMode: 'PAY_PER_REQUEST',
             AttributeDefinitions: [{AttributeName: 'p', AttributeType: 'S'}, {AttributeName: 's', AttributeType: 'N'},
               {AttributeName: 'l', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 's', KeyType: 'RANGE'}],
             LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'ALL'},
               KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}]}],
             GlobalSecondaryIndexes: [
               {IndexName: 'global', Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['v']},
                KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}]}]}""";

    @TempDir
    private Path directory;

    private RandomGenerator random = RandomGenerator.getDefault();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void bothEnginesGiveTheSameAnswers(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (Client model = Client.inMemory()) {
            Client disk = Client.onDisk(directory);
            model.call("CreateTable", TABLE);
            disk.call("CreateTable", TABLE);
            for (int i = 0; i < STEPS; i++) {
                if (i % 200 == 199) {
                    disk.close();
                    disk = Client.onDisk(directory);
                }
                Request request = request();
                assertThat(disk.outcome(request.operation, request.body))
                        .as("step %d: %s", i, request)
                        .isEqualTo(model.outcome(request.operation, request.body));
            }
            requireIndexesToAgree(model);
            requireIndexesToAgree(disk);
            disk.close();
        }
    }

    private record Request(String operation, String body) {}

    private Request request() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                new Request(
                        "PutItem",
                        "{TableName: 'History', Item: " + item() + ", " + condition() + asked("ALL_OLD") + "}");
            case 3, 4, 5 ->
                new Request(
                        "UpdateItem",
                        "{TableName: 'History', Key: " + key() + ", " + update() + asked("ALL_NEW") + "}");
            case 6 ->
                new Request(
                        "DeleteItem",
                        "{TableName: 'History', Key: " + key() + ", " + condition() + asked("ALL_OLD") + "}");
            case 7 ->
                new Request(
                        "BatchWriteItem",
                        "{RequestItems: {History: [" + writes() + "]}, ReturnConsumedCapacity: 'INDEXES'}");
            case 8 -> new Request("GetItem", "{TableName: 'History', Key: " + key() + ", ConsistentRead: true}");
            case 9 ->
                new Request(
                        "Query",
                        "{TableName: 'History', KeyConditionExpression: 'p = :p', ScanIndexForward: "
                                + random.nextBoolean() + ", Limit: " + (1 + random.nextInt(5))
                                + ", ExpressionAttributeValues: {':p': {S: '" + partition() + "'}}}");
            case 10 ->
                new Request(
                        "Query",
                        "{TableName: 'History', IndexName: 'global', KeyConditionExpression: 'g = :g AND l > :l',"
                                + " ReturnConsumedCapacity: 'INDEXES', ExpressionAttributeValues: {':g': {S: 'g"
                                + random.nextInt(3)
                                + "'}, ':l': {S: 'l" + random.nextInt(4) + "'}}}");
            default ->
                new Request(
                        "Scan",
                        "{TableName: 'History', ReturnConsumedCapacity: 'TOTAL', Segment: " + random.nextInt(2)
                                + ", TotalSegments: 2}");
        };
    }

    private String asked(String mode) {
        return "ReturnConsumedCapacity: 'INDEXES', ReturnItemCollectionMetrics: 'SIZE', ReturnValues: '" + mode + "'";
    }

    private String condition() {
        return switch (random.nextInt(4)) {
            case 0 -> "ConditionExpression: 'attribute_not_exists(p)', ";
            case 1 ->
                "ConditionExpression: 'attribute_exists(g) OR size(v) < :n', ExpressionAttributeValues: {':n': {N: '5'}}, ";
            default -> "";
        };
    }

    private String update() {
        return switch (random.nextInt(5)) {
            case 0 ->
                "UpdateExpression: 'SET g = :g REMOVE l', ExpressionAttributeValues: {':g': {S: 'g" + random.nextInt(3)
                        + "'}}, ";
            case 1 ->
                "UpdateExpression: 'SET l = :l, v = if_not_exists(v, :l)', ExpressionAttributeValues: {':l': {S: 'l"
                        + random.nextInt(4) + "'}}, ";
            case 2 -> "UpdateExpression: 'REMOVE g, l', ";
            case 3 -> "UpdateExpression: 'ADD c :one', ExpressionAttributeValues: {':one': {N: '1'}}, ";
            default ->
                "UpdateExpression: 'SET v = :v', ExpressionAttributeValues: {':v': {S: '"
                        + "x".repeat(random.nextInt(3000)) + "'}}, ";
        };
    }

    private String writes() {
        var keys = new TreeSet<String>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            keys.add("p: {S: '" + partition() + "'}, s: {N: '" + random.nextInt(6) + "'}");
        }
        var writes = new ArrayList<String>();
        for (String key : keys) {
            writes.add(
                    random.nextBoolean()
                            ? "{DeleteRequest: {Key: {" + key + "}}}"
                            : "{PutRequest: {Item: {" + key + attributes() + "}}}");
        }
        return String.join(", ", writes);
    }

    private String item() {
        return "{p: {S: '" + partition() + "'}, s: {N: '" + random.nextInt(6) + "'}" + attributes() + "}";
    }

    private String attributes() {
        return (random.nextBoolean() ? ", g: {S: 'g" + random.nextInt(3) + "'}" : "")
                + (random.nextBoolean() ? ", l: {S: 'l" + random.nextInt(4) + "'}" : "")
                + (random.nextBoolean() ? ", v: {S: '" + "y".repeat(random.nextInt(2000)) + "'}" : "");
    }

    private String key() {
        return "{p: {S: '" + partition() + "'}, s: {N: '" + random.nextInt(6) + "'}}";
    }

    private String partition() {
        return "p" + random.nextInt(5);
    }

    private static void requireIndexesToAgree(Client client) {
        List<JsonNode> items = items(client, "");
        assertThat(items(client, "IndexName: 'local', "))
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().filter(item -> item.has("l")).toList());
        assertThat(items(client, "IndexName: 'global', "))
                .containsExactlyInAnyOrderElementsOf(items.stream()
                        .filter(item -> item.has("g") && item.has("l"))
                        .map(OperationHistoryTest::projected)
                        .toList());
    }

    private static JsonNode projected(JsonNode item) {
        var kept = new ArrayList<String>();
        for (String name : List.of("p", "s", "g", "l", "v")) {
            if (item.has(name)) {
                kept.add("'" + name + "': " + item.get(name));
            }
        }
        return Client.json("{" + String.join(", ", kept) + "}");
    }

    private static List<JsonNode> items(Client client, String index) {
        var items = new ArrayList<JsonNode>();
        client.call("Scan", "{TableName: 'History', " + index + "ConsistentRead: false}")
                .get("Items")
                .forEach(items::add);
        return items;
    }
}
