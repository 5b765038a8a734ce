package io.gramme.differential.side;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.gramme.differential.generate.Move;
import io.gramme.differential.wire.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EndpointTest {
    private static final String OURS = "gramme-differential-8-a";

    private final List<String> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            asked.add(target.substring(target.indexOf('.') + 1) + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = answers.remove().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer[0] == '!' ? 400 : 200, answer.length - 1);
            exchange.getResponseBody().write(answer, 1, answer.length - 1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private Endpoint endpoint(Map<String, String> environment) {
        return Endpoint.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), environment);
    }

    private List<String> requests() {
        return asked.stream().filter(line -> !line.startsWith("AWS4")).toList();
    }

    @Test
    void itsTablesAreFoundByTheirNamesAndDeletedAndNoOthers() throws Exception {
        answers.add(
                " {\"TableNames\": [\"customers\", \"" + OURS + "\"], \"LastEvaluatedTableName\": \"" + OURS + "\"}");
        answers.add(" {\"TableNames\": [\"gramme-differential-8-b\", \"orders\"]}");
        answers.add(" {}");
        answers.add("!{\"__type\": \"x#ResourceNotFoundException\"}");
        assertThat(endpoint(Map.of()).deleteTables()).isEqualTo(2);
        assertThat(requests())
                .containsExactly(
                        "ListTables {}",
                        "ListTables {\"ExclusiveStartTableName\":\"" + OURS + "\"}",
                        "DeleteTable {\"TableName\":\"" + OURS + "\"}",
                        "DeleteTable {\"TableName\":\"gramme-differential-8-b\"}");
    }

    @Test
    void requestsAreSignedWithTheCredentialsOfTheEnvironmentForItsRegion() throws Exception {
        answers.add(" {\"TableNames\": []}");
        var _ = endpoint(Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s", "AWS_REGION", "eu-west-3"))
                .deleteTables();
        assertThat(asked.getLast())
                .contains("Credential=AKID/")
                .contains("/eu-west-3/dynamodb/aws4_request")
                .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target,");
    }

    @Test
    void aThrottledRequestIsSentAgain() throws Exception {
        answers.add("!{\"__type\": \"x#ThrottlingException\"}");
        answers.add(" {\"TableNames\": []}");
        assertThat(endpoint(Map.of()).deleteTables()).isZero();
        assertThat(requests()).hasSize(2);
    }

    @Test
    void awsIsNotAskedWithoutCredentials() {
        assertThat(catchThrowable(() -> Endpoint.of(URI.create("https://dynamodb.eu-west-1.amazonaws.com"), Map.of())))
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
    }

    @Test
    void noRequestNamesATableOfOthers() {
        Claims claims = endpoint(Map.of()).traits().claims();
        assertThat(claims.include(new Move("PutItem", Json.object("TableName", OURS))))
                .isTrue();
        assertThat(claims.include(new Move("PutItem", Json.object("TableName", "x!"))))
                .isTrue();
        assertThat(claims.include(new Move("PutItem", Json.object("TableName", "customers"))))
                .isFalse();
        assertThat(claims.include(new Move("ListTables", Json.object()))).isFalse();
        ObjectNode batch = Json.object("RequestItems", Json.object("customers", Json.array()));
        assertThat(claims.include(new Move("BatchWriteItem", batch))).isFalse();
        ObjectNode transaction = Json.object(
                "TransactItems", Json.array().add(Json.object("Put", Json.object("TableName", "customers"))));
        assertThat(claims.include(new Move("TransactWriteItems", transaction))).isFalse();
        assertThat(claims.include(new Move("ExecuteStatement", Json.object("Statement", "DELETE FROM \"customers\""))))
                .isFalse();
        assertThat(claims.include(
                        new Move("ExecuteStatement", Json.object("Statement", "SELECT * FROM \"" + OURS + "\""))))
                .isTrue();
    }
}
