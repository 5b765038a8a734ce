package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A client that writes without end into partitions that it shares with others, to items that are its own. So it knows of
 * each of them what was acknowledged, and what was asked for when the answer stayed out.
 */
final class LedgerWriter {
    static final String TABLE = "ledger";

    private static final int ACCOUNTS = 4;
    private static final int ENTRIES = 40;
    private static final int BATCH = 8;
    private static final int KINDS = 5;
    private static final int AMOUNTS = 1000;
    private static final int OWNERS = 10;
    private static final int NOTE = 400;

    /** An item that all writers count up. */
    private static final Map<String, AttributeValue> COUNTER = key("shared", "counter");

    private final SplittableRandom random;
    private final String name;
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> acknowledged = new HashMap<>();
    private final Map<Map<String, AttributeValue>, Optional<Map<String, AttributeValue>>> inFlight = new HashMap<>();

    LedgerWriter(String name, SplittableRandom random) {
        this.name = name;
        this.random = random;
    }

    static Map<String, AttributeValue> key(String account, String entry) {
        return Map.of("account", s(account), "entry", s(entry));
    }

    /** What all writers together have counted: acknowledged, and asked for. */
    record Count(AtomicLong acknowledged, AtomicLong asked) {
        Count() {
            this(new AtomicLong(), new AtomicLong());
        }

        /** The count of an item, or none yet. */
        static long in(Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items) {
            return Optional.ofNullable(items.get(COUNTER))
                    .map(item -> Long.parseLong(Attributes.get(item, "count").n()))
                    .orElse(0L);
        }

        void set(long count) {
            acknowledged.set(count);
            asked.set(count);
        }
    }

    /** One request. Whatever it throws is thrown on, and what was asked for remembered. */
    void write(DynamoDbClient client, Count count, AtomicInteger writes) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> put(client);
            case 3, 4 -> update(client);
            case 5 -> delete(client);
            case 6 -> batch(client);
            default -> count(client, count);
        }
        inFlight.forEach((key, item) ->
                item.ifPresentOrElse(present -> acknowledged.put(key, present), () -> acknowledged.remove(key)));
        inFlight.clear();
        writes.incrementAndGet();
    }

    private Map<String, AttributeValue> someKey() {
        return key("account-" + random.nextInt(ACCOUNTS), name + "-" + random.nextInt(ENTRIES));
    }

    private Map<String, AttributeValue> someItem() {
        var item = new HashMap<>(someKey());
        item.put("kind", s("kind-" + random.nextInt(KINDS)));
        item.put("note", s("n".repeat(random.nextInt(NOTE))));
        if (random.nextInt(3) > 0) {
            item.put("amount", n(random.nextInt(AMOUNTS)));
        }
        if (random.nextBoolean()) {
            item.put("owner", s("owner-" + random.nextInt(OWNERS)));
        }
        return item;
    }

    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        return Map.of("account", item.get("account"), "entry", item.get("entry"));
    }

    private void put(DynamoDbClient client) {
        Map<String, AttributeValue> item = someItem();
        inFlight.put(keyOf(item), Optional.of(item));
        client.putItem(request -> request.tableName(TABLE).item(item));
    }

    private void update(DynamoDbClient client) {
        Map<String, AttributeValue> key = someKey();
        long amount = random.nextInt(AMOUNTS);
        var item = new HashMap<>(acknowledged.getOrDefault(key, key));
        item.put("amount", n(amount));
        item.remove("owner");
        item.put(
                "changes",
                n(Optional.ofNullable(item.get("changes"))
                                .map(changes -> Long.parseLong(changes.n()))
                                .orElse(0L)
                        + 1));
        inFlight.put(key, Optional.of(item));
        client.updateItem(request -> request.tableName(TABLE)
                .key(key)
                .updateExpression("SET amount = :amount REMOVE #owner ADD changes :one")
                .expressionAttributeNames(Map.of("#owner", "owner"))
                .expressionAttributeValues(Map.of(":amount", n(amount), ":one", n(1))));
    }

    private void delete(DynamoDbClient client) {
        Map<String, AttributeValue> key = someKey();
        inFlight.put(key, Optional.empty());
        client.deleteItem(request -> request.tableName(TABLE).key(key));
    }

    private void batch(DynamoDbClient client) {
        while (inFlight.size() < BATCH) {
            Map<String, AttributeValue> item = someItem();
            inFlight.put(keyOf(item), random.nextInt(4) > 0 ? Optional.of(item) : Optional.empty());
        }
        List<WriteRequest> writes = inFlight.entrySet().stream()
                .map(entry -> write(entry.getKey(), entry.getValue()))
                .toList();
        var unprocessed = client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, writes)))
                .unprocessedItems();
        if (!unprocessed.isEmpty()) {
            throw new AssertionError("nothing is short here that a batch could wait for: " + unprocessed);
        }
    }

    private static WriteRequest write(Map<String, AttributeValue> key, Optional<Map<String, AttributeValue>> item) {
        return item.map(present -> WriteRequest.builder().putRequest(put -> put.item(present)))
                .orElseGet(() -> WriteRequest.builder().deleteRequest(delete -> delete.key(key)))
                .build();
    }

    private static void count(DynamoDbClient client, Count count) {
        count.asked().incrementAndGet();
        client.updateItem(request -> request.tableName(TABLE)
                .key(COUNTER)
                .updateExpression("ADD #count :one")
                .expressionAttributeNames(Map.of("#count", "count"))
                .expressionAttributeValues(Map.of(":one", n(1))));
        count.acknowledged().incrementAndGet();
    }

    /**
     * Takes over which of the requests in flight were done after all, and returns what its items must then be.
     *
     * @param items all there are
     */
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> settle(
            Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items) {
        inFlight.forEach((key, asked) -> {
            if (Optional.ofNullable(items.get(key)).equals(asked)) {
                asked.ifPresentOrElse(item -> acknowledged.put(key, item), () -> acknowledged.remove(key));
            }
        });
        inFlight.clear();
        return acknowledged;
    }
}
