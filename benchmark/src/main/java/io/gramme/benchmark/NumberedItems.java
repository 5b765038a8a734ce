package io.gramme.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of many items with numbers for keys: too many to prepare a request for each, so keys are filled in when
 * requests are sent.
 *
 * @param itemBytes the size of an item, as the service counts it
 * @param indexes how many global indexes the table has; each holds every item, with all of its attributes
 */
record NumberedItems(String table, int itemBytes, int indexes) {
    private static final int LOADERS = 32;

    /** The names p and d, the key, and the stamp. */
    private static final int FIXED_BYTES = 2 + KeyedRequest.KEY.length() + Request.STAMP.length();

    String definition() {
        String attributes = IntStream.range(0, indexes)
                .mapToObj(i -> ",{\"AttributeName\":\"i%d\",\"AttributeType\":\"S\"}".formatted(i))
                .collect(Collectors.joining());
        String definitions = IntStream.range(0, indexes)
                .mapToObj(
                        i -> "{\"IndexName\":\"index-%1$d\",\"Projection\":{\"ProjectionType\":\"ALL\"},\"KeySchema\":"
                                        .formatted(i)
                                + "[{\"AttributeName\":\"i%d\",\"KeyType\":\"HASH\"}]}".formatted(i))
                .collect(Collectors.joining(","));
        return "{\"TableName\":\"" + table + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":"
                + "[{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}" + attributes + "],"
                + "\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}]"
                + (indexes == 0 ? "" : ",\"GlobalSecondaryIndexes\":[" + definitions + "]") + "}";
    }

    private static String key() {
        return "\"p\":{\"S\":\"" + KeyedRequest.KEY + "\"}";
    }

    private String item() {
        // The index key is the same number: each item has an index partition of its own, and keeps it.
        String indexed = IntStream.range(0, indexes)
                .mapToObj(i -> ",\"i%d\":{\"S\":\"%s\"}".formatted(i, KeyedRequest.KEY))
                .collect(Collectors.joining());
        int rest = itemBytes - FIXED_BYTES - indexes * ("i0".length() + KeyedRequest.KEY.length());
        return "{" + key() + indexed + ",\"d\":{\"S\":\"" + Request.STAMP + "x".repeat(Math.max(0, rest)) + "\"}}";
    }

    KeyedRequest get() {
        return new KeyedRequest(
                Connection.request("GetItem", "{\"TableName\":\"" + table + "\",\"Key\":{" + key() + "}}"));
    }

    KeyedRequest put() {
        return new KeyedRequest(
                Connection.request("PutItem", "{\"TableName\":\"" + table + "\",\"Item\":" + item() + "}"));
    }

    /** The requests of one connection, each for one of the first {@code items} items. */
    HttpLoad.Requests any(KeyedRequest request, int items) {
        return (SplittableRandom random) -> {
            int number = random.nextInt(items);
            return request.about(_ -> number, random.nextInt());
        };
    }

    /** Writes the items with numbers from {@code from} to below {@code to}, in batches over several connections. */
    void load(int port, int from, int to) throws IOException, InterruptedException {
        var next = new AtomicLong(from);
        try (ExecutorService threads = Executors.newFixedThreadPool(LOADERS)) {
            List<Future<?>> loaders = new ArrayList<>();
            for (int i = 0; i < LOADERS; i++) {
                loaders.add(threads.submit(() -> {
                    load(port, next, to);
                    return null;
                }));
            }
            for (Future<?> loader : loaders) {
                loader.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("loading " + table + " failed: " + e.getCause(), e);
        }
    }

    private void load(int port, AtomicLong next, int to) throws IOException {
        KeyedRequest batch = batch(Workload.BATCH);
        try (var connection = Connection.open(port)) {
            while (true) {
                long first = next.getAndAdd(Workload.BATCH);
                if (first >= to) {
                    return;
                }
                int size = (int) Math.min(Workload.BATCH, to - first);
                KeyedRequest request = size == Workload.BATCH ? batch : batch(size);
                // Each key occurs in its item, and once more for each index.
                byte[] bytes = request.about(place -> (int) first + place / (1 + indexes), (int) first);
                if (!connection.succeeds(bytes) || !connection.body().contains("\"UnprocessedItems\":{}")) {
                    throw new IOException(connection.body());
                }
            }
        }
    }

    private KeyedRequest batch(int size) {
        String put = "{\"PutRequest\":{\"Item\":" + item() + "}}";
        String puts = IntStream.range(0, size).mapToObj(_ -> put).collect(Collectors.joining(","));
        return new KeyedRequest(
                Connection.request("BatchWriteItem", "{\"RequestItems\":{\"" + table + "\":[" + puts + "]}}"));
    }
}
