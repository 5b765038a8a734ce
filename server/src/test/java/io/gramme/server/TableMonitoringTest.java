package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What requests do is seen in the metrics of CloudWatch, on the same port. */
class TableMonitoringTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MUSIC = "TableName=Music";

    private final HttpClient client = HttpClient.newHttpClient();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(ServerOptions.inMemory());
        ok("CreateTable", """
                {"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"by","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                 "GlobalSecondaryIndexes":[{"IndexName":"ByArtist","Projection":{"ProjectionType":"ALL"},
                  "KeySchema":[{"AttributeName":"by","KeyType":"HASH"}]}]}""");
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private HttpResponse<String> send(String target, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", target)
                        .header("X-Amz-Date", "20260101T000000Z")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=dummy/20260101/eu-west-1/dynamodb/aws4_request,"
                                        + " SignedHeaders=host, Signature=0")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode ok(String operation, String body) throws Exception {
        HttpResponse<String> answer = send("DynamoDB_20120810." + operation, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private void refused(String operation, String body) throws Exception {
        assertThat(send("DynamoDB_20120810." + operation, body).statusCode()).isEqualTo(400);
    }

    private JsonNode statistics(String metric, String... dimensions) throws Exception {
        var named = new ArrayList<String>();
        for (String one : dimensions) {
            String[] parts = one.split("=", 2);
            named.add("{\"Name\":\"" + parts[0] + "\",\"Value\":\"" + parts[1] + "\"}");
        }
        long now = Instant.now().getEpochSecond();
        String request = "{\"Namespace\":\"AWS/DynamoDB\",\"MetricName\":\"" + metric + "\",\"Dimensions\":"
                + named + ",\"StartTime\":" + (now - 3_600) + ",\"EndTime\":" + (now + 3_600)
                + ",\"Period\":7200,\"Statistics\":[\"Sum\",\"SampleCount\",\"Maximum\"]}";
        HttpResponse<String> answer = send("GraniteServiceVersion20100801.GetMetricStatistics", request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode datapoints = JSON.readTree(answer.body()).get("Datapoints");
        // At the turn of a minute the start is rounded down: all values are in one period or two.
        assertThat(datapoints.size()).isLessThanOrEqualTo(2);
        return datapoints;
    }

    private double sum(String metric, String... dimensions) throws Exception {
        double sum = 0;
        for (JsonNode datapoint : statistics(metric, dimensions)) {
            sum += datapoint.get("Sum").asDouble();
        }
        return sum;
    }

    private double samples(String metric, String... dimensions) throws Exception {
        double samples = 0;
        for (JsonNode datapoint : statistics(metric, dimensions)) {
            samples += datapoint.get("SampleCount").asDouble();
        }
        return samples;
    }

    private static String item(String id, int size) {
        return "{\"id\":{\"S\":\"" + id + "\"},\"by\":{\"S\":\"someone\"},\"text\":{\"S\":\"" + "x".repeat(size)
                + "\"}}";
    }

    @Test
    void whatRequestsReturnAsConsumedIsTheSumOfTheMetrics() throws Exception {
        String told = "\"ReturnConsumedCapacity\":\"INDEXES\"";
        var writes = new ArrayList<JsonNode>();
        var reads = new ArrayList<JsonNode>();
        writes.add(ok("PutItem", "{\"TableName\":\"Music\"," + told + ",\"Item\":" + item("1", 3_000) + "}"));
        writes.add(ok(
                "BatchWriteItem",
                "{" + told + ",\"RequestItems\":{\"Music\":[{\"PutRequest\":{\"Item\":" + item("2", 100)
                        + "}},{\"PutRequest\":{\"Item\":" + item("3", 10_000) + "}}]}}"));
        writes.add(ok(
                "TransactWriteItems",
                "{" + told + ",\"TransactItems\":[{\"Put\":{\"TableName\":\"Music\",\"Item\":" + item("4", 1_500)
                        + "}}]}"));
        writes.add(ok("ExecuteStatement", "{" + told + ",\"Statement\":\"DELETE FROM Music WHERE id='2'\"}"));
        reads.add(ok("GetItem", "{\"TableName\":\"Music\"," + told + ",\"Key\":{\"id\":{\"S\":\"1\"}}}"));
        reads.add(ok(
                "GetItem",
                "{\"TableName\":\"Music\",\"ConsistentRead\":true," + told + ",\"Key\":{\"id\":{\"S\":\"3\"}}}"));
        reads.add(ok("Scan", "{\"TableName\":\"Music\"," + told + "}"));
        reads.add(ok(
                "Query",
                "{\"TableName\":\"Music\",\"IndexName\":\"ByArtist\"," + told
                        + ",\"KeyConditionExpression\":\"#b = :b\",\"ExpressionAttributeNames\":{\"#b\":\"by\"},"
                        + "\"ExpressionAttributeValues\":{\":b\":{\"S\":\"someone\"}}}"));
        assertThat(sum("ConsumedWriteCapacityUnits", MUSIC))
                .isEqualTo(told(writes, false))
                .isPositive();
        assertThat(sum("ConsumedWriteCapacityUnits", MUSIC, "GlobalSecondaryIndexName=ByArtist"))
                .isEqualTo(told(writes, true))
                .isPositive();
        assertThat(sum("ConsumedReadCapacityUnits", MUSIC))
                .isEqualTo(told(reads, false))
                .isPositive();
        assertThat(sum("ConsumedReadCapacityUnits", MUSIC, "GlobalSecondaryIndexName=ByArtist"))
                .isEqualTo(told(reads, true))
                .isPositive();
        // The scan reads each of the four partitions of a new table.
        assertThat(samples("ConsumedReadCapacityUnits", MUSIC)).isEqualTo(2 + 4);
    }

    /** The units that answers tell, of the table or of its index. */
    private static double told(List<JsonNode> answers, boolean ofIndex) {
        double units = 0;
        for (JsonNode answer : answers) {
            JsonNode consumed = answer.get("ConsumedCapacity");
            for (JsonNode one : consumed.isArray() ? consumed : List.of(consumed)) {
                JsonNode part = ofIndex ? one.path("GlobalSecondaryIndexes").path("ByArtist") : one.path("Table");
                units += part.path("CapacityUnits").asDouble(0);
            }
        }
        return units;
    }

    @Test
    void theOutcomesOfRequestsAreCounted() throws Exception {
        ok("PutItem", "{\"TableName\":\"Music\",\"Item\":" + item("1", 10) + "}");
        ok("PutItem", "{\"TableName\":\"Music\",\"Item\":" + item("2", 10) + "}");
        refused(
                "PutItem",
                "{\"TableName\":\"Music\",\"ConditionExpression\":\"attribute_not_exists(id)\",\"Item\":"
                        + item("1", 10) + "}");
        refused("GetItem", "{\"TableName\":\"Nowhere\",\"Key\":{\"id\":{\"S\":\"1\"}}}");
        refused("GetItem", "{\"TableName\":\"Music\",\"Key\":{\"no\":{\"S\":\"1\"}}}");
        refused(
                "TransactWriteItems",
                "{\"TransactItems\":[{\"ConditionCheck\":{\"TableName\":\"Music\",\"Key\":{\"id\":{\"S\":\"1\"}},"
                        + "\"ConditionExpression\":\"attribute_not_exists(id)\"}},{\"Put\":{\"TableName\":\"Music\",\"Item\":"
                        + item("9", 10) + "}}]}");
        ok("Scan", "{\"TableName\":\"Music\"}");
        ok("ExecuteStatement", "{\"Statement\":\"SELECT * FROM Music WHERE id='1'\"}");
        assertThat(sum("ConditionalCheckFailedRequests", MUSIC)).isEqualTo(2);
        assertThat(sum("UserErrors")).isEqualTo(3);
        // A failed condition is a success for latency.
        assertThat(samples("SuccessfulRequestLatency", MUSIC, "Operation=PutItem"))
                .isEqualTo(3);
        assertThat(samples("SuccessfulRequestLatency", MUSIC, "Operation=GetItem"))
                .isZero();
        assertThat(samples("SuccessfulRequestLatency", MUSIC, "Operation=ExecuteStatement"))
                .isEqualTo(1);
        assertThat(sum("ReturnedItemCount", MUSIC, "Operation=Scan")).isEqualTo(2);
        assertThat(sum("ReturnedItemCount", MUSIC, "Operation=ExecuteStatement"))
                .isEqualTo(1);
        assertThat(sum("ConsumedReadCapacityUnits", "TableName=Nowhere")).isZero();
    }

    @Test
    void expiredItemsAndSettingsOfCapacityAreCounted() throws Exception {
        ok(
                "UpdateTimeToLive",
                "{\"TableName\":\"Music\",\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"until\"}}");
        ok("PutItem", "{\"TableName\":\"Music\",\"Item\":{\"id\":{\"S\":\"1\"},\"until\":{\"N\":\"1750000000\"}}}");
        HttpResponse<String> swept = send("Gramme_20261101.SweepExpiredItems", "{}");
        assertThat(swept.statusCode()).as(swept.body()).isEqualTo(200);
        assertThat(sum("TimeToLiveDeletedItemCount", MUSIC)).isEqualTo(1);
        HttpResponse<String> metrics =
                send("GraniteServiceVersion20100801.ListMetrics", "{\"Namespace\":\"AWS/DynamoDB\"}");
        assertThat(metrics.body()).contains("TimeToLiveDeletedItemCount").contains("\"Value\":\"Music\"");
    }
}
