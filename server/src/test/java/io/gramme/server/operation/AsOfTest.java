package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads of the past: each read answers what it would have answered then. */
class AsOfTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    /** Time passes by a microsecond with each look at the clock, so that versions have their order. */
    private final Client client = Client.at(() -> now.updateAndGet(before -> before.plusNanos(1_000)));

    @BeforeEach
    void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                  {AttributeName: 'a', AttributeType: 'S'}],
                 LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'KEYS_ONLY'},
                  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""");
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
        pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void everyKindOfReadShowsTheItemsAsTheyWere() {
        put(1, "red");
        put(2, "red");
        put(3, "blue");
        String then = moment();
        put(1, "green");
        client.call("DeleteItem", "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '2'}}}");
        put(4, "red");
        pass(Duration.ofHours(1));

        assertThat(client.callAsOf(then, "GetItem", "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '2'}}}")
                        .get("Item")
                        .get("a")
                        .get("S")
                        .asString())
                .isEqualTo("red");
        assertThat(client.callAsOf(then, "GetItem", "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '4'}}}")
                        .has("Item"))
                .isFalse();
        assertThat(client.callAsOf(
                                then,
                                "BatchGetItem",
                                "{RequestItems: {orders: {Keys: [{pk: {S: 'p'}, sk: {N: '1'}}, {pk: {S: 'p'}, sk: {N: '4'}}]}}}")
                        .get("Responses")
                        .get("orders")
                        .get(0)
                        .get("a")
                        .get("S")
                        .asString())
                .isEqualTo("red");
        assertThat(items(client.callAsOf(then, "Scan", "{TableName: 'orders'}")))
                .containsExactly("1 red", "2 red", "3 blue");
        assertThat(items(client.callAsOf(
                        then,
                        "Query",
                        "{TableName: 'orders', KeyConditionExpression: 'pk = :p', ScanIndexForward: false,"
                                + "ExpressionAttributeValues: {':p': {S: 'p'}}}")))
                .containsExactly("3 blue", "2 red", "1 red");
        assertThat(items(client.callAsOf(
                        then,
                        "Query",
                        "{TableName: 'orders', IndexName: 'by-a', KeyConditionExpression: 'a = :a',"
                                + "ExpressionAttributeValues: {':a': {S: 'red'}}}")))
                .containsExactlyInAnyOrder("1 red", "2 red");
        assertThat(items(client.callAsOf(
                        then,
                        "Query",
                        "{TableName: 'orders', IndexName: 'local', Select: 'ALL_ATTRIBUTES',"
                                + "KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': {S: 'p'}}}")))
                .containsExactly("3 blue", "1 red", "2 red");
        assertThat(items(client.callAsOf(
                        then, "ExecuteStatement", "{Statement: \"SELECT * FROM orders WHERE pk = 'p'\"}")))
                .containsExactly("1 red", "2 red", "3 blue");
        assertThat(items(client.call("Scan", "{TableName: 'orders'}"))).containsExactly("1 green", "3 blue", "4 red");
    }

    @Test
    void pagesOfOneMomentBelongTogether() {
        for (int i = 0; i < 10; i++) {
            put(i, "x");
        }
        String then = moment();
        List<String> seen = new ArrayList<>();
        String start = "";
        do {
            JsonNode page = client.callAsOf(then, "Scan", "{TableName: 'orders', Limit: 3" + start + "}");
            seen.addAll(items(page));
            client.call(
                    "DeleteItem",
                    "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '" + (9 - seen.size() / 3) + "'}}}");
            start = page.has("LastEvaluatedKey") ? ", ExclusiveStartKey: " + page.get("LastEvaluatedKey") : "";
        } while (!start.isEmpty());
        assertThat(seen).hasSize(10).startsWith("0 x").endsWith("9 x");
    }

    @Test
    void aMomentIsATimeOrAPosition() {
        put(1, "red");
        Instant then = now.get();
        put(1, "blue");
        pass(Duration.ofSeconds(1));
        long position = then.getEpochSecond() * 1_000_000 + then.getNano() / 1_000;
        assertThat(items(client.callAsOf("" + position, "Scan", "{TableName: 'orders'}")))
                .containsExactly("1 red");
        assertThat(items(client.callAsOf(then.toString(), "Scan", "{TableName: 'orders'}")))
                .containsExactly("1 red");
        assertThat(items(client.callAsOf(moment(), "Scan", "{TableName: 'orders'}")))
                .containsExactly("1 blue");
    }

    @Test
    void aMomentThatCannotBeReadIsRefused() {
        String scan = "{TableName: 'orders'}";
        refuses("yesterday", "Scan", scan, "neither a time such as 2026-03-01T14:03:00Z nor a position: yesterday");
        refuses("99999999999999999999", "Scan", scan, "neither a time");
        refuses("-1", "Scan", scan, "neither a time");
        refuses("2026-03-01T09:00:00Z", "Scan", scan, "2026-03-01T09:00:00Z is not between 2026-03-01T10:00:00.");
        refuses("+1000000000-12-31T23:59:59Z", "Scan", scan, "");
        refuses("2027-03-01T09:00:00Z", "Scan", scan, "the present");
        refuses(
                moment(),
                "PutItem",
                "{TableName: 'orders', Item: {pk: {S: 'p'}, sk: {N: '1'}}}",
                "operation PutItem works on the present only");
        refuses(
                moment(),
                "ExecuteStatement",
                "{Statement: \"DELETE FROM orders WHERE pk = 'p' AND sk = 1\"}",
                "works on the present only");
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}}");
        refuses(moment(), "Scan", scan, "table orders keeps no earlier states: enable its point-in-time recovery");
    }

    @Test
    void anIndexIsReadAsOfNoMomentBeforeItsBackfillEnded() {
        put(1, "red");
        String before = moment();
        pass(Duration.ofSeconds(1));
        client.call(
                "UpdateTable",
                "{TableName: 'orders', AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'},"
                        + "{AttributeName: 'sk', AttributeType: 'N'}, {AttributeName: 'a', AttributeType: 'S'}],"
                        + "GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'late', Projection: {ProjectionType: 'ALL'},"
                        + "KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}}]}");
        String query = "{TableName: 'orders', IndexName: 'late', KeyConditionExpression: 'a = :a',"
                + "ExpressionAttributeValues: {':a': {S: 'red'}}}";
        assertThat(client.call("Query", query).get("Count").asInt()).isOne();
        pass(Duration.ofSeconds(1));
        String after = moment();
        client.call("DeleteItem", "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '1'}}}");
        assertThat(client.callAsOf(after, "Query", query).get("Count").asInt()).isOne();
        refuses(before, "Query", query, before + " is not between");
    }

    private void refuses(String moment, String operation, String request, String message) {
        assertThatThrownBy(() -> client.callAsOf(moment, operation, request))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("One or more parameter values were invalid: x-gramme-as-of: ")
                .hasMessageContaining(message);
    }

    private String moment() {
        return now.get().toString();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private void put(int sk, String a) {
        client.call(
                "PutItem", "{TableName: 'orders', Item: {pk: {S: 'p'}, sk: {N: '" + sk + "'}, a: {S: '" + a + "'}}}");
    }

    private static List<String> items(JsonNode page) {
        List<String> items = new ArrayList<>();
        page.get("Items")
                .forEach(item -> items.add(item.get("sk").get("N").asString() + " "
                        + item.get("a").get("S").asString()));
        return items;
    }
}
