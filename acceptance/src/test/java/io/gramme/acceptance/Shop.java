package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.b;
import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The data of an invented shop: customers with their orders, and the events of a web site. Half of the items are events;
 * the same ones for the same seed.
 */
final class Shop {
    private static final int ORDERS_OF_A_CUSTOMER = 20;
    private static final List<String> PHASES = List.of("open", "packed", "sent", "returned");
    private static final List<String> CITIES = List.of("Århus", "Łódź", "München", "São Paulo", "京都");

    private final SplittableRandom random;
    final List<Map<String, AttributeValue>> orders = new ArrayList<>();
    final List<Map<String, AttributeValue>> events = new ArrayList<>();

    Shop(long seed, int items) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < items / 2; i++) {
            int rank = i % (ORDERS_OF_A_CUSTOMER + 1);
            String customer = "customer-" + i / (ORDERS_OF_A_CUSTOMER + 1);
            orders.add(rank == 0 ? customer(customer) : order(customer, rank));
            events.add(event(i));
        }
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Sorted before the orders of the same partition, and in none of the indexes but by city. */
    private Map<String, AttributeValue> customer(String customer) {
        return Map.of(
                "customer", s(customer),
                "rank", n(0),
                "city", s(one(CITIES)),
                "address",
                        AttributeValue.fromM(Map.of("lines", AttributeValue.fromL(List.of(s("1 Main Street"), s(""))))),
                "roles", AttributeValue.fromSs(List.of("buyer", "reviewer-" + random.nextInt(5))));
    }

    private Map<String, AttributeValue> order(String customer, int rank) {
        var order = new HashMap<String, AttributeValue>(Map.of(
                "customer", s(customer),
                "rank", n(rank),
                "phase", s(one(PHASES)),
                "price", AttributeValue.fromN(random.nextInt(1, 10_000) + ".5"),
                "lines", AttributeValue.fromL(List.of(line(), line(), line()))));
        if (random.nextInt(3) == 0) {
            order.put("note", s("n".repeat(random.nextInt(1, 800))));
        }
        if (random.nextInt(10) == 0) {
            order.remove("price"); // Not reckoned up yet: in no index that is sorted by it.
        }
        return order;
    }

    private AttributeValue line() {
        return AttributeValue.fromM(
                Map.of("article", s("article-" + random.nextInt(500)), "pieces", n(random.nextInt(1, 9))));
    }

    private Map<String, AttributeValue> event(int i) {
        byte[] trace = new byte[random.nextInt(1, 64)];
        random.nextBytes(trace);
        return Map.of(
                "id", s("event-" + i),
                "trace", b(trace),
                "clicks", AttributeValue.fromNs(List.of("-1", String.valueOf(random.nextInt(1000)))),
                "bot", AttributeValue.fromBool(random.nextBoolean()));
    }
}
