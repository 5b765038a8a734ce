package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What differs in a table between two moments. */
class ListItemChangesTest {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final Client client = Client.at(() -> now.updateAndGet(before -> before.plusNanos(1_000)));

    @BeforeEach
    void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'}]}""");
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
    void itemsThatWereAddedChangedAndRemovedAreListed() {
        put(1, "kept");
        put(2, "old");
        put(3, "gone");
        put(4, "back and forth");
        String from = moment();
        put(2, "new");
        delete(3);
        put(4, "other");
        put(4, "back and forth");
        put(5, "added");
        put(6, "passing");
        delete(6);
        String to = moment();
        put(1, "later");
        delete(2);
        JsonNode answer = changes("From: '" + from + "', To: '" + to + "'");
        assertThat(answer.has("NextToken")).isFalse();
        assertThat(answer.get("Changes")).isEqualTo(Client.json("""
                [{Keys: {pk: {S: 'p'}, sk: {N: '2'}}, OldImage: {pk: {S: 'p'}, sk: {N: '2'}, a: {S: 'old'}},
                  NewImage: {pk: {S: 'p'}, sk: {N: '2'}, a: {S: 'new'}}},
                 {Keys: {pk: {S: 'p'}, sk: {N: '3'}}, OldImage: {pk: {S: 'p'}, sk: {N: '3'}, a: {S: 'gone'}}},
                 {Keys: {pk: {S: 'p'}, sk: {N: '5'}}, NewImage: {pk: {S: 'p'}, sk: {N: '5'}, a: {S: 'added'}}}]"""));
        assertThat(changes("From: '" + to + "'").get("Changes").size()).isEqualTo(2);
        assertThat(changes("From: '" + moment() + "'").get("Changes").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theDifferenceAgreesWithTwoScans(long seed) {
        var random = new Random(seed);
        change(random, 60);
        String from = moment();
        change(random, 80);
        String to = moment();
        change(random, 40);
        Map<String, String> before = scanned(from);
        Map<String, String> after = scanned(to);
        var expected = new TreeMap<String, String>();
        var keys = new HashMap<>(before);
        keys.putAll(after);
        keys.keySet().forEach(key -> {
            String change = before.get(key) + " -> " + after.get(key);
            if (!String.valueOf(before.get(key)).equals(after.get(key))) {
                expected.put(key, change);
            }
        });
        var found = new TreeMap<String, String>();
        String token = "";
        do {
            JsonNode page = changes("Limit: 5, From: '" + from + "', To: '" + to + "'" + token);
            assertThat(page.get("Changes").size()).isLessThanOrEqualTo(5);
            page.get("Changes")
                    .forEach(change -> assertThat(found.put(
                                    key(change.get("Keys")),
                                    value(change, "OldImage") + " -> " + value(change, "NewImage")))
                            .isNull());
            token = page.has("NextToken")
                    ? ", NextToken: '" + page.get("NextToken").asString() + "'"
                    : "";
        } while (!token.isEmpty());
        assertThat(found).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void momentsThatCannotBeReadAreRefused() {
        put(1, "x");
        String there = moment();
        refused("From: 'noon'", "From: neither a time such as 2026-03-01T14:03:00Z nor a position: noon");
        refused(
                "From: '" + there + "', To: 'noon'",
                "To: neither a time such as 2026-03-01T14:03:00Z nor a position: noon");
        pass(Duration.ofSeconds(1));
        put(1, "y");
        refused("From: '" + moment() + "', To: '" + there + "'", "From: later than To");
        assertThat(refusal("From: '2026-03-01T09:00:00Z'"))
                .startsWith(INVALID + "From: 2026-03-01T09:00:00Z is not between 2026-03-01T10:00:0");
        assertThat(refusal("From: '" + there + "', To: '2027-03-01T09:00:00Z'"))
                .startsWith(INVALID + "To: 2027-03-01T09:00:00Z is not between ");
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}}");
        assertThat(refusal("From: '" + there + "'")).startsWith(INVALID + "From: table orders keeps no earlier states");
    }

    @Test
    void aTokenThatWasNotReturnedIsRefused() {
        put(1, "x");
        String from = "From: '" + moment() + "', NextToken: '";
        for (byte[] token : List.of(
                new byte[] {1},
                new byte[] {0, 0, 0, 0, 1},
                new byte[] {0, 0, 0, 9, 1, 1},
                new byte[] {-1, 0, 0, 9, 1, 1},
                new byte[] {0, 0, 0, 1, 1, 99})) {
            refused(
                    from + Base64.getUrlEncoder().encodeToString(token) + "'",
                    "NextToken: not one that ListItemChanges has returned");
        }
        refused(from + "?'", "NextToken: not one that ListItemChanges has returned");
    }

    private void change(Random random, int times) {
        for (int i = 0; i < times; i++) {
            int key = random.nextInt(40);
            if (random.nextInt(3) == 0) {
                delete(key);
            } else {
                put(key, "v" + random.nextInt(4));
            }
        }
    }

    private Map<String, String> scanned(String moment) {
        var items = new HashMap<String, String>();
        client.callAsOf(moment, "Scan", "{TableName: 'orders'}")
                .get("Items")
                .forEach(item -> items.put(key(item), item.get("a").get("S").asString()));
        return items;
    }

    private static String key(JsonNode item) {
        return item.get("pk").get("S").asString() + "/"
                + item.get("sk").get("N").asString();
    }

    private static String value(JsonNode change, String image) {
        return change.has(image) ? change.get(image).get("a").get("S").asString() : "null";
    }

    private JsonNode changes(String members) {
        return client.callGramme("ListItemChanges", "{TableName: 'orders', " + members + "}");
    }

    private void refused(String members, String message) {
        client.refusesGramme("ListItemChanges", "{TableName: 'orders', " + members + "}", INVALID + message);
    }

    private String refusal(String members) {
        try {
            return "not refused: " + changes(members);
        } catch (ApiException e) {
            return e.text();
        }
    }

    private String moment() {
        return now.get().toString();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static String keyOf(int sk) {
        return "{pk: {S: '" + (sk % 2 == 0 && sk > 6 ? "q" : "p") + "'}, sk: {N: '" + sk + "'}";
    }

    private void put(int sk, String a) {
        client.call("PutItem", "{TableName: 'orders', Item: " + keyOf(sk) + ", a: {S: '" + a + "'}}}");
    }

    private void delete(int sk) {
        client.call("DeleteItem", "{TableName: 'orders', Key: " + keyOf(sk) + "}}");
    }
}
