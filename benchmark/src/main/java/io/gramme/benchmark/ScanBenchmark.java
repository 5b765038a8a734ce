package io.gramme.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The scan benchmark: the throughput of a full scan of a table of gigabytes, in one segment and in several at once. */
final class ScanBenchmark {
    private static final int DEFAULT_MEGABYTES = 2000;
    private static final int ITEM_BYTES = 1000;
    private static final List<Integer> SEGMENTS = List.of(1, 2, 4, 8);
    private static final NumberedItems ITEMS = new NumberedItems("large", ITEM_BYTES, 0);
    private static final Pattern COUNT = Pattern.compile("\"Count\":(\\d+)");
    private static final Pattern LAST = Pattern.compile("\"LastEvaluatedKey\":(\\{\"p\":\\{\"S\":\"\\w*\"\\}\\})");

    /** What stands before and behind the items is found in so much of an answer. */
    private static final int EDGE = 500;

    private ScanBenchmark() {}

    /** @param arguments the megabytes of the table; empty for the default */
    static void run(List<String> arguments) throws IOException, InterruptedException {
        int megabytes = arguments.isEmpty() ? DEFAULT_MEGABYTES : Integer.parseInt(arguments.getFirst());
        int items = megabytes * (1_000_000 / ITEM_BYTES);
        try (Target.Running running = Target.GRAMME_DISK.start()) {
            running.create(ITEMS.definition());
            long begun = System.nanoTime();
            ITEMS.load(running.port(), 0, items);
            double seconds = (System.nanoTime() - begun) / 1e9;
            running.awaitRest();
            System.out.printf(
                    Locale.ROOT,
                    "%d MB in items of %d bytes, loaded at %.0f MB/s%n",
                    megabytes,
                    ITEM_BYTES,
                    megabytes / seconds);
            System.out.println("segments     MB/s  processor seconds of the server for a gigabyte");
            for (int segments : SEGMENTS) {
                scan(running, segments, items);
            }
        }
    }

    private static void scan(Target.Running running, int segments, int items) throws IOException, InterruptedException {
        Usage before = running.usage();
        long begun = System.nanoTime();
        long read = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(segments)) {
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < segments; i++) {
                int segment = i;
                parts.add(threads.submit(() -> scan(running.port(), segment, segments)));
            }
            for (Future<Long> part : parts) {
                read += part.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the scan failed: " + e.getCause(), e);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (read != items) {
            throw new IOException("a scan in " + segments + " segments found " + read + " items of " + items);
        }
        Duration processor = running.usage().since(before).processor();
        double megabytes = items * (double) ITEM_BYTES / 1e6;
        System.out.printf(
                Locale.ROOT, "%8d %8.0f  %.1f%n", segments, megabytes / seconds, processor.toMillis() / megabytes);
    }

    /** Returns the number of items found. */
    private static long scan(int port, int segment, int segments) throws IOException {
        long found = 0;
        try (var connection = Connection.open(port)) {
            String start = "";
            while (true) {
                byte[] request = Connection.request(
                        "Scan",
                        "{\"TableName\":\"%s\",\"Segment\":%d,\"TotalSegments\":%d%s}"
                                .formatted(ITEMS.table(), segment, segments, start));
                if (!connection.succeeds(request)) {
                    throw new IOException(connection.body());
                }
                String edges = connection.edges(EDGE);
                found += COUNT.matcher(edges)
                        .results()
                        .mapToLong(it -> Long.parseLong(it.group(1)))
                        .findFirst()
                        .orElseThrow();
                List<MatchResult> last = LAST.matcher(edges).results().toList();
                if (last.isEmpty()) {
                    return found;
                }
                start = ",\"ExclusiveStartKey\":" + last.getFirst().group(1);
            }
        }
    }
}
