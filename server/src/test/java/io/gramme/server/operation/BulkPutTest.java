package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bulk puts from a bucket into a table, with their counts, their reports and their ends. */
class BulkPutTest {
    private static final int LIMIT = 1 << 20;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-05T10:00:00Z"));
    private final Client client = Client.inMemory();
    private final Bucket input = client.buckets().create("input");
    private final Bucket output = client.buckets().create("output");

    @BeforeEach
    void create() {
        create(client);
    }

    private static void create(Client client) {
        client.call(
                "CreateTable",
                "{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'},"
                        + "{AttributeName: 'n', AttributeType: 'N'}],"
                        + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},"
                        + "GlobalSecondaryIndexes: [{IndexName: 'by-n', Projection: {ProjectionType: 'ALL'},"
                        + "KeySchema: [{AttributeName: 'n', KeyType: 'HASH'}]}]}");
        Awaitility.await()
                .until(() -> client.call("DescribeTable", "{TableName: 'orders'}")
                        .get("Table")
                        .get("TableStatus")
                        .asString()
                        .equals("ACTIVE"));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void linesOfManyObjectsAreInTheTableItsIndexAndItsStream() {
        client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'k0'}, n: {N: '0'}, old: {BOOL: true}}}");
        int objects = 20;
        int lines = 250;
        long bytes = 0;
        for (int object = 0; object < objects; object++) {
            var text = new StringBuilder();
            for (int line = 0; line < lines; line++) {
                text.append(line(object * lines + line)).append('\n');
            }
            put("data/part-" + object + ".json", text.toString());
            bytes += text.length();
        }
        put("other/ignored.json", line(-1));
        JsonNode begun = start(", S3KeyPrefix: 'data/'", "");
        assertThat(text(begun, "BulkOperationStatus")).isEqualTo("IN_PROGRESS");
        JsonNode done = await(begun);
        assertThat(text(done, "BulkOperationStatus")).isEqualTo("COMPLETED");
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(objects * lines);
        assertThat(done.get("FailedItemCount").asInt()).isZero();
        assertThat(done.get("TotalInputBytes").asLong()).isEqualTo(bytes);
        assertThat(done.get("ProcessedInputBytes").asLong()).isEqualTo(bytes);
        assertThat(text(done.get("TableDetails").get(0), "TableName")).isEqualTo("orders");
        JsonNode usage = done.get("BulkOperationUsage").get(0);
        long table = usage.get("Table").get("BulkPutBytes").asLong();
        long index = usage.get("GlobalSecondaryIndexes")
                .get("by-n")
                .get("BulkPutBytes")
                .asLong();
        assertThat(table).isPositive();
        assertThat(usage.get("BulkPutBytes").asLong()).isEqualTo(table + index);
        assertThat(scanned("")).isEqualTo(objects * lines);
        assertThat(scanned(", IndexName: 'by-n'")).isEqualTo(objects * lines);
        client.answers(
                "GetItem", "{TableName: 'orders', Key: {pk: {S: 'k0'}}}", "{Item: {pk: {S: 'k0'}, n: {N: '0'}}}");
        // One record for the item that was there before, and one for each line.
        assertThat(streamed()).isEqualTo(objects * lines + 1);
        assertThat(keys()).containsExactly(folder(done) + "manifest.json");
    }

    @Test
    void badRecordsAreReportedAndTheGoodOnesAreIn() {
        put("a.json", line(1) + "\n{\"Item\":{\"n\":{\"N\":\"2\"}}}\n" + line(3) + "\nno json\n" + line(4) + "\n");
        put("b.json", line(5));
        put("c.json", "{\"Item\":{\"pk\":{\"S\":\"k6\"}},\"ConditionExpression\":\"no ( condition\"}");
        JsonNode done = await(start("", ""));
        assertThat(text(done, "BulkOperationStatus")).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(6);
        assertThat(done.get("FailedItemCount").asInt()).isEqualTo(3);
        assertThat(done.has("FailureCode")).isFalse();
        assertThat(scanned("")).isEqualTo(3);
        JsonNode manifest = Client.json(content(folder(done) + "manifest.json"));
        assertThat(manifest.get("failedItemCount").asInt()).isEqualTo(3);
        var places = new ArrayList<String>();
        for (JsonNode file : manifest.get("outputFiles")) {
            assertThat(text(file, "outputType")).isEqualTo("ERROR");
            content(text(file, "s3Key")).lines().map(Client::json).forEach(line -> {
                JsonNode place = line.get("itemS3Pointer");
                places.add(text(place, "key") + " " + place.get("itemIndex"));
                assertThat(line.get("errorMessages").get(0).asString()).isNotEmpty();
            });
        }
        assertThat(places).containsExactlyInAnyOrder("a.json 1", "a.json 3", "c.json 0");
    }

    @Test
    void falseConditionsAreReportedAndLeaveTheOperationCompleted() {
        client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'old'}, version: {N: '7'}}}");
        put(
                "a.json",
                conditional("old", 8, "attribute_not_exists(pk)", "")
                        + conditional("new", 8, "attribute_not_exists(pk)", "")
                        // The same key again: its condition sees the record before.
                        + conditional("new", 9, "attribute_not_exists(pk)", "")
                        + conditional(
                                "new",
                                10,
                                "#v < :v",
                                ",\"ExpressionAttributeNames\":{\"#v\":\"version\"},"
                                        + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"10\"}}"));
        JsonNode done = await(start("", ""));
        assertThat(text(done, "BulkOperationStatus")).isEqualTo("COMPLETED");
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(4);
        assertThat(done.get("FailedItemCount").asInt()).isZero();
        client.answers(
                "GetItem",
                "{TableName: 'orders', Key: {pk: {S: 'old'}}}",
                "{Item: {pk: {S: 'old'}, version: {N: '7'}}}");
        client.answers(
                "GetItem",
                "{TableName: 'orders', Key: {pk: {S: 'new'}}}",
                "{Item: {pk: {S: 'new'}, version: {N: '10'}}}");
        JsonNode manifest = Client.json(content(folder(done) + "manifest.json"));
        assertThat(manifest.get("conditionCheckFailureCount").asInt()).isEqualTo(2);
        assertThat(manifest.get("outputFiles").size()).isOne();
        JsonNode file = manifest.get("outputFiles").get(0);
        assertThat(text(file, "outputType")).isEqualTo("CONDITION_CHECK_FAILURE");
        assertThat(file.get("itemCount").asInt()).isEqualTo(2);
        JsonNode first =
                Client.json(content(text(file, "s3Key")).lines().findFirst().orElseThrow());
        assertThat(first.get("attemptedItem")).isEqualTo(Client.json("{pk: {S: 'old'}, version: {N: '8'}}"));
        assertThat(first.get("existingItem")).isEqualTo(Client.json("{pk: {S: 'old'}, version: {N: '7'}}"));
    }

    @Test
    void onlyTheReportsThatAreAskedForAreWritten() {
        put("a.json", "{\"Item\":{}}\n" + conditional("a", 1, "attribute_exists(pk)", ""));
        JsonNode done = await(client.call("StartBulkPutItems", request("", "").replace("'ERROR', ", ""))
                .get("BulkOperationDescription"));
        assertThat(text(done, "BulkOperationStatus")).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(keys())
                .hasSize(2)
                .anyMatch(key -> key.contains("condition-check-failure"))
                .noneMatch(key -> key.contains("error"));
    }

    @Test
    void aCancelledOperationKeepsWhatItHasPut() {
        var text = new StringBuilder();
        for (int line = 0; line < 20_000; line++) {
            text.append(line(line)).append('\n');
        }
        put("a.json", text.toString());
        // At this rate it lasts 20 seconds.
        JsonNode begun = start("", ", MaxWriteRequestUnits: 1024");
        Awaitility.await().until(() -> describe(begun).get("ProcessedItemCount").asInt() > 0);
        assertThat(text(cancel(begun), "BulkOperationStatus")).isEqualTo("CANCELLING");
        JsonNode done = await(begun);
        assertThat(text(done, "BulkOperationStatus")).isEqualTo("CANCELLED");
        assertThat(text(done, "FailureCode")).isEqualTo("Cancelled");
        assertThat(scanned(""))
                .isEqualTo(done.get("ProcessedItemCount").asInt())
                .isBetween(1, 19_999);
        assertThat(text(cancel(begun), "BulkOperationStatus")).isEqualTo("CANCELLED");
    }

    @Test
    void aMissingBucketFailsTheOperation() {
        put("a.json", line(1));
        JsonNode noInput =
                await(client.call("StartBulkPutItems", request("", "").replace("'input'", "'none'"))
                        .get("BulkOperationDescription"));
        assertThat(text(noInput, "BulkOperationStatus")).isEqualTo("FAILED");
        assertThat(text(noInput, "FailureCode")).isEqualTo("S3NoSuchBucket");
        JsonNode noOutput =
                await(client.call("StartBulkPutItems", request("", "").replace("'output'", "'none'"))
                        .get("BulkOperationDescription"));
        assertThat(text(noOutput, "BulkOperationStatus")).isEqualTo("FAILED");
        assertThat(text(noOutput, "FailureCode")).isEqualTo("S3NoSuchBucket");
        assertThat(scanned("")).isZero();
    }

    @Test
    void aDeletedTableFailsTheOperation() {
        var text = new StringBuilder();
        for (int line = 0; line < 20_000; line++) {
            text.append(line(line)).append('\n');
        }
        put("a.json", text.toString());
        JsonNode begun = start("", ", MaxWriteRequestUnits: 1024");
        client.call("DeleteTable", "{TableName: 'orders'}");
        JsonNode done = await(begun);
        assertThat(text(done, "BulkOperationStatus")).isEqualTo("FAILED");
        assertThat(text(done, "FailureCode")).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void aTokenNamesItsOperationForEightHours() {
        try (Client timed = Client.at(clock::get)) {
            create(timed);
            timed.buckets().create("input");
            timed.buckets().create("output");
            String arn = arn(timed, ", ClientToken: 'one'");
            assertThat(arn(timed, ", ClientToken: 'one'")).isEqualTo(arn);
            assertThat(timed.refuses(
                                    "StartBulkPutItems",
                                    request(", S3KeyPrefix: 'x'", ", ClientToken: 'one'"),
                                    "The client token was used with other parameters within the last 8 hours")
                            .code())
                    .isEqualTo(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH);
            clock.updateAndGet(now -> now.plus(Duration.ofHours(9)));
            String later = arn(timed, ", ClientToken: 'one'");
            assertThat(later).isNotEqualTo(arn);
            JsonNode first = timed.call("ListBulkOperations", "{MaxResults: 1}");
            assertThat(text(first.get("BulkOperationsSummaryList").get(0), "BulkOperationArn"))
                    .isEqualTo(later);
            JsonNode second = timed.call("ListBulkOperations", "{NextToken: '" + text(first, "NextToken") + "'}");
            assertThat(second.get("BulkOperationsSummaryList").size()).isOne();
            assertThat(second.has("NextToken")).isFalse();
        }
    }

    @Test
    void wrongRequestsHaveTheirTexts() {
        client.refuses(
                "StartBulkPutItems",
                request("", "").replace("S3Bucket: 'output', ", ""),
                "One or more parameter values were invalid: OutputS3Configuration must specify S3Bucket");
        assertThat(client.refuses(
                                "StartBulkPutItems",
                                request("", "").replace("orders", "none"),
                                "Requested resource not found: Table: none not found")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        client.refuses(
                "DescribeBulkOperation",
                "{BulkOperationArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders'}",
                "Invalid Bulk Operation ARN");
        String unknown = "arn:aws:dynamodb:us-east-1:000000000000:table/orders/bulk-operation/01767225600000-00000000";
        assertThat(client.refuses(
                                "CancelBulkOperation",
                                "{BulkOperationArn: '" + unknown + "'}",
                                "Requested resource not found: Bulk operation: " + unknown + " not found")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
    }

    private static String line(int number) {
        return "{\"Item\":{\"pk\":{\"S\":\"k" + number + "\"},\"n\":{\"N\":\"" + number + "\"}}}";
    }

    private static String conditional(String key, int version, String condition, String placeholders) {
        return "{\"Item\":{\"pk\":{\"S\":\"" + key + "\"},\"version\":{\"N\":\"" + version
                + "\"}},\"ConditionExpression\":\"" + condition + "\"" + placeholders + "}\n";
    }

    private void put(String key, String content) {
        input.put(key, Bytes.utf8(content));
    }

    private static String request(String source, String members) {
        return "{TableName: 'orders', InputS3Configuration: {S3Bucket: 'input', InputFormat: 'DYNAMODB_JSON'" + source
                + "}, OutputS3Configuration: {S3Bucket: 'output', S3KeyPrefix: 'reports',"
                + " OutputType: ['ERROR', 'CONDITION_CHECK_FAILURE']}" + members + "}";
    }

    private JsonNode start(String source, String members) {
        return client.call("StartBulkPutItems", request(source, members)).get("BulkOperationDescription");
    }

    private static String arn(Client client, String members) {
        return text(
                client.call("StartBulkPutItems", request("", members)).get("BulkOperationDescription"),
                "BulkOperationArn");
    }

    private JsonNode await(JsonNode begun) {
        List<String> running = List.of("IN_PROGRESS", "CANCELLING");
        Awaitility.await().until(() -> !running.contains(text(describe(begun), "BulkOperationStatus")));
        return describe(begun);
    }

    private JsonNode describe(JsonNode begun) {
        return client.call("DescribeBulkOperation", named(begun)).get("BulkOperationDescription");
    }

    private JsonNode cancel(JsonNode begun) {
        return client.call("CancelBulkOperation", named(begun));
    }

    private static String named(JsonNode begun) {
        return "{BulkOperationArn: '" + text(begun, "BulkOperationArn") + "'}";
    }

    private static String folder(JsonNode description) {
        String arn = text(description, "BulkOperationArn");
        return "reports/AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1) + "/";
    }

    private List<String> keys() {
        return output.list("", "", 1_000).stream().map(ObjectSummary::key).toList();
    }

    private String content(String key) {
        return new String(output.content(key, LIMIT).toArray(), StandardCharsets.UTF_8);
    }

    private static String text(JsonNode node, String member) {
        return node.get(member).asString();
    }

    private int scanned(String members) {
        int count = 0;
        String start = "";
        do {
            JsonNode page = client.call("Scan", "{TableName: 'orders', Select: 'COUNT'" + members + start + "}");
            count += page.get("Count").asInt();
            start = page.has("LastEvaluatedKey") ? ", ExclusiveStartKey: " + page.get("LastEvaluatedKey") : "";
        } while (!start.isEmpty());
        return count;
    }

    /** The number of records in the stream. */
    private int streamed() {
        String stream =
                text(client.call("DescribeTable", "{TableName: 'orders'}").get("Table"), "LatestStreamArn");
        int count = 0;
        for (JsonNode shard : client.callStreams("DescribeStream", "{StreamArn: '" + stream + "'}")
                .get("StreamDescription")
                .get("Shards")) {
            String at = text(
                    client.callStreams(
                            "GetShardIterator",
                            "{StreamArn: '" + stream + "', ShardId: '" + text(shard, "ShardId")
                                    + "', ShardIteratorType: 'TRIM_HORIZON'}"),
                    "ShardIterator");
            int read;
            do {
                JsonNode page = client.callStreams("GetRecords", "{ShardIterator: '" + at + "'}");
                read = page.get("Records").size();
                count += read;
                at = page.has("NextShardIterator") ? text(page, "NextShardIterator") : "";
            } while (read > 0 && !at.isEmpty());
        }
        return count;
    }
}
