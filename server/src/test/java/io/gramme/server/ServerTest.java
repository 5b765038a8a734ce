package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.ServerOptions.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTest {
    private static final String TABLE = """
            {"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"by","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "GlobalSecondaryIndexes":[{"IndexName":"by-whom","Projection":{"ProjectionType":"ALL"},
              "KeySchema":[{"AttributeName":"by","KeyType":"HASH"}]}]}""";
    private static final String ITEM = """
            {"TableName":"Music","Item":{"id":{"S":"1"},"by":{"S":"someone"}}}""";

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    private HttpResponse<String> get(InetSocketAddress address, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private void call(Server server, String operation, String body) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort());
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=dummy/20260101/us-east-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(body));
        assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private String metric(Server server, String name) throws IOException, InterruptedException {
        return get(server.metricsAddress().orElseThrow(), "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    @Test
    void aServerIsHealthyOnceStarted() throws Exception {
        try (var server = Server.start(ServerOptions.inMemory())) {
            HttpResponse<String> answer = get(server.address(), "/");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("healthy: ");
            assertThat(server.metricsAddress()).isEmpty();
        }
    }

    @Test
    void aServerTellsMonitorsHowFarIndexesAreBehind() throws Exception {
        var options = ServerOptions.with(new StorageOptions.Memory(Duration.ofHours(1)))
                .at(new Ports("127.0.0.1", 0, Optional.empty(), Optional.of(0)));
        try (var server = Server.start(options)) {
            assertThat(metric(server, "gramme_index_lag_seconds")).isEqualTo("0.0");
            call(server, "CreateTable", TABLE);
            call(server, "PutItem", ITEM);
            Thread.sleep(100);
            assertThat(Double.parseDouble(metric(server, "gramme_index_lag_seconds")))
                    .isBetween(0.1, 3_600.0);
            assertThat(metric(server, "gramme_requests_seconds_count{operation=\"PutItem\",outcome=\"ok\"}"))
                    .isEqualTo("1");
            assertThat(metric(server, "gramme_expiry_lag_seconds")).isEqualTo("0.0");
            assertThat(metric(
                            server,
                            "gramme_connections{port=\"" + server.address().getPort() + "\"}"))
                    .isEqualTo("1.0");
        }
    }
}
