package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A load of PutItem requests that each change their item: the n-th write to an item puts the number n into it. An item
 * is written over one connection, so that its numbers rise by one.
 *
 * @param itemBytes the size of an item, as the service counts it, give or take a byte
 */
record NumberedWrites(String table, int itemBytes, int connections, int writes) {
    /** Enough items that a connection rarely repeats one soon, few enough to count each of them. */
    static final int ITEMS = 1_000;

    /** Numbers have a fixed width, so that one can overwrite another: leading zeros do not change the value. */
    private static final int DIGITS = 9;

    private static final int FIXED_BYTES = 17;
    private static final String ZERO = "0".repeat(DIGITS);

    static String key(int item) {
        return "item-%06d".formatted(item);
    }

    /** Sends all writes, and returns the writes per second. */
    double run(int port) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                loops.add(threads.submit(() -> {
                    write(port, first);
                    return null;
                }));
            }
            for (Future<?> loop : loops) {
                loop.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("writing to " + table + " failed: " + e.getCause(), e);
        }
        return writes * 1e9 / (System.nanoTime() - begun);
    }

    /** The writes of one connection: to every n-th item, over and over. */
    private void write(int port, int first) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (int item = first; item < ITEMS; item += connections) {
            requests.add(request(item));
        }
        int own = writes / connections + (first < writes % connections ? 1 : 0);
        try (var connection = Connection.open(port)) {
            for (int i = 0; i < own; i++) {
                byte[] request = requests.get(i % requests.size());
                number(request, 1 + i / requests.size());
                if (!connection.succeeds(request)) {
                    throw new IOException(connection.body());
                }
            }
        }
    }

    private byte[] request(int item) {
        String filling = "x".repeat(Math.max(0, itemBytes - FIXED_BYTES));
        // The number is last, at a known position.
        return Connection.request(
                "PutItem",
                "{\"TableName\":\"%s\",\"Item\":{\"p\":{\"S\":\"%s\"},\"d\":{\"S\":\"%s\"},\"n\":{\"N\":\"%s\"}}}"
                        .formatted(table, key(item), filling, ZERO));
    }

    private static void number(byte[] request, int number) {
        byte[] digits = ("%0" + DIGITS + "d").formatted(number).getBytes(US_ASCII);
        System.arraycopy(digits, 0, request, request.length - DIGITS - "\"}}}".length(), DIGITS);
    }
}
