package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static io.gramme.acceptance.Schemas.range;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A data set of some size: loaded, read in every way, and still right when the process was ended and killed. */
@Tag("slow")
class ShopTest {
    private static final int ITEMS = Integer.getInteger("gramme.shop.items", 20_000);
    private static final long SEED = 20_260_101L;
    private static final int BATCH = 25;
    private static final int THREADS = 8;
    private static final int SEGMENTS = 7;

    @TempDir
    Path directory;

    private final Shop shop = new Shop(SEED, ITEMS);

    @Test
    @Timeout(600)
    void whatWasLoadedIsThereWhicheverWayItIsReadAndHoweverTheProcessEnds() throws Exception {
        try (var gramme = GrammeProcess.start(directory.resolve("data"));
                var client = Clients.of(gramme.url())) {
            createTables(client);
            load(client, "orders", shop.orders);
            load(client, "events", shop.events);
            queryEveryIndex(client);
            gramme.stop();
            gramme.restart();
            scanInParallel(client);
            gramme.kill();
            gramme.restart();
            scanInParallel(client);
            queryEveryIndex(client);
            assertThat(IndexAudit.check(client, "orders")).hasSize(shop.orders.size());
        }
    }

    private static void createTables(DynamoDbClient client) {
        var orders = CreateTableRequest.builder()
                .tableName("orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("customer", S),
                        attribute("rank", N),
                        attribute("phase", S),
                        attribute("price", N),
                        attribute("city", S))
                .keySchema(hash("customer"), range("rank"))
                .localSecondaryIndexes(Schemas.local("by-price", Schemas.all(), hash("customer"), range("price")))
                .globalSecondaryIndexes(
                        Schemas.global("by-phase", Schemas.include("lines"), hash("phase"), range("price")),
                        Schemas.global("by-city", Schemas.keysOnly(), hash("city")));
        var events = CreateTableRequest.builder()
                .tableName("events")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("id", S))
                .keySchema(hash("id"));
        for (CreateTableRequest request : List.of(orders.build(), events.build())) {
            client.createTable(request);
            client.waiter().waitUntilTableExists(table -> table.tableName(request.tableName()));
        }
    }

    private static void load(DynamoDbClient client, String table, List<Map<String, AttributeValue>> items)
            throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> batches = new ArrayList<>();
            for (int i = 0; i < items.size(); i += BATCH) {
                List<WriteRequest> writes = items.subList(i, Math.min(i + BATCH, items.size())).stream()
                        .map(item -> WriteRequest.builder()
                                .putRequest(put -> put.item(item))
                                .build())
                        .toList();
                batches.add(threads.submit(() -> {
                    Map<String, List<WriteRequest>> left = Map.of(table, writes);
                    while (!left.isEmpty()) {
                        Map<String, List<WriteRequest>> now = left;
                        left = client.batchWriteItem(request -> request.requestItems(now))
                                .unprocessedItems();
                    }
                }));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        }
    }

    private void queryEveryIndex(DynamoDbClient client) {
        for (String customer : List.of("customer-0", "customer-17", "customer-300")) {
            assertThat(query(client, "by-price", "customer = :k AND price > :p", customer, 5_000))
                    .isEqualTo(expected(item -> is(item, "customer", customer) && price(item) > 5_000));
        }
        for (String phase : List.of("open", "returned")) {
            assertThat(query(client, "by-phase", "phase = :k AND price > :p", phase, 9_000))
                    .isEqualTo(expected(item -> is(item, "phase", phase) && price(item) > 9_000));
        }
        assertThat(client
                        .queryPaginator(request -> request.tableName("orders")
                                .indexName("by-city")
                                .keyConditionExpression("city = :k")
                                .expressionAttributeValues(Map.of(":k", s("京都"))))
                        .items()
                        .stream()
                        .count())
                .isEqualTo(shop.orders.stream()
                        .filter(item -> is(item, "city", "京都"))
                        .count());
    }

    private static boolean is(Map<String, AttributeValue> item, String attribute, String value) {
        return s(value).equals(item.get(attribute));
    }

    private static double price(Map<String, AttributeValue> item) {
        return item.containsKey("price")
                ? Double.parseDouble(Attributes.get(item, "price").n())
                : -1;
    }

    /** The lines of the orders found, by their keys; the order of the index is checked on the way. */
    private static Map<Map<String, AttributeValue>, AttributeValue> query(
            DynamoDbClient client, String index, String condition, String key, int price) {
        var found = new HashMap<Map<String, AttributeValue>, AttributeValue>();
        List<BigDecimal> prices = new ArrayList<>();
        client.queryPaginator(request -> request.tableName("orders")
                        .indexName(index)
                        .limit(100)
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(Map.of(":k", s(key), ":p", n(price))))
                .items()
                .forEach(item -> {
                    prices.add(new BigDecimal(Attributes.get(item, "price").n()));
                    assertThat(found.put(orderKey(item), item.get("lines"))).isNull();
                });
        assertThat(prices).isSorted();
        return found;
    }

    private static Map<String, AttributeValue> orderKey(Map<String, AttributeValue> item) {
        return Attributes.only(item, List.of("customer", "rank"));
    }

    private Map<Map<String, AttributeValue>, AttributeValue> expected(
            Predicate<Map<String, AttributeValue>> condition) {
        return shop.orders.stream().filter(condition).collect(toMap(ShopTest::orderKey, item -> item.get("lines")));
    }

    private void scanInParallel(DynamoDbClient client) throws Exception {
        scanInParallel(client, "orders", List.of("customer", "rank"), shop.orders);
        scanInParallel(client, "events", List.of("id"), shop.events);
    }

    private static void scanInParallel(
            DynamoDbClient client, String table, List<String> key, List<Map<String, AttributeValue>> items)
            throws Exception {
        List<Map<String, AttributeValue>> scanned = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(SEGMENTS)) {
            List<Future<List<Map<String, AttributeValue>>>> segments = new ArrayList<>();
            for (int i = 0; i < SEGMENTS; i++) {
                int segment = i;
                segments.add(threads.submit(() -> client
                        .scanPaginator(request -> request.tableName(table)
                                .consistentRead(true)
                                .segment(segment)
                                .totalSegments(SEGMENTS))
                        .items()
                        .stream()
                        .toList()));
            }
            for (var segment : segments) {
                scanned.addAll(segment.get());
            }
        }
        assertThat(scanned).as("every item once").hasSameSizeAs(items);
        IndexAudit.requireSame(table, byKey(scanned, key), byKey(items, key));
    }

    /** Fails if a key is there twice. */
    private static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> byKey(
            List<Map<String, AttributeValue>> items, List<String> key) {
        return items.stream().collect(toMap(item -> Attributes.only(item, key), Attributes::unordered));
    }
}
