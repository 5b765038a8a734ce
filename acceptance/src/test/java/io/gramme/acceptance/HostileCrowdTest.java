package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Many at once that each want as much as they may: a server with a small heap makes them wait or asks them to come again
 * (503), and goes on. It would end at the first OutOfMemoryError. For a larger crowd: {@code -Dgramme.crowd=200}.
 */
@Tag("slow")
@Timeout(300)
class HostileCrowdTest {
    private static final int CROWD = Integer.getInteger("gramme.crowd", 40);
    private static final String HEAP = "-Xmx256m";
    /** The heap, the classes and the code, what RocksDB has cached, and buffers that lie outside of the heap. */
    private static final long MAX_RESIDENT_KILOBYTES = 800_000;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int ITEMS = 20;
    private static final int ATTRIBUTES = 12_000;
    private static final String QUERY =
            "{\"TableName\":\"crowd\",\"KeyConditionExpression\":\"id = :i\",\"ExpressionAttributeValues\":{\":i\":{\"S\":\"p\"}}}";

    @TempDir
    private static Path directory;

    private static GrammeProcess gramme;
    private static DynamoDbClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Items of many short attributes: nothing is larger in memory for its size by the service's count. */
    @BeforeAll
    static void startWithOneLargePartition() throws IOException {
        gramme = GrammeProcess.startWithHeap(directory.resolve("data"), HEAP);
        client = Clients.of(gramme.url());
        client.createTable(request -> request.tableName("crowd")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Schemas.attribute("id", ScalarAttributeType.S), Schemas.attribute("at", ScalarAttributeType.N))
                .keySchema(Schemas.hash("id"), Schemas.range("at")));
        client.waiter().waitUntilTableExists(request -> request.tableName("crowd"));
        var attributes = new HashMap<String, AttributeValue>();
        IntStream.range(0, ATTRIBUTES)
                .forEach(i -> attributes.put(Integer.toHexString(i), AttributeValue.fromBool(true)));
        attributes.put("id", Attributes.s("p"));
        List<WriteRequest> puts = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            var item = new HashMap<>(attributes);
            item.put("at", Attributes.n(i));
            puts.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
        }
        client.batchWriteItem(request -> request.requestItems(Map.of("crowd", puts)));
    }

    @AfterEach
    void nothingIsHarmed() throws IOException {
        threads.shutdownNow(); // After a failure some may wait for what does not come.
        threads.close();
        assertThat(gramme.isAlive()).isTrue();
        assertThat(client.getItem(request -> request.tableName("crowd")
                                .key(Map.of("id", Attributes.s("p"), "at", Attributes.n(ITEMS - 1))))
                        .item())
                .hasSize(ATTRIBUTES + 2);
        assertThat(gramme.mostResidentKilobytes().orElse(0)).isLessThan(MAX_RESIDENT_KILOBYTES);
    }

    @AfterAll
    static void stop() {
        client.close();
        gramme.close();
    }

    private <T> List<T> allAtOnce(List<Callable<T>> tasks) throws Exception {
        var results = new ArrayList<T>();
        for (Future<T> one : threads.invokeAll(tasks)) {
            results.add(one.get());
        }
        return results;
    }

    private static Socket connected() throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(gramme.url().getHost(), gramme.url().getPort()));
        return socket;
    }

    private static byte[] request(String operation, String body) {
        return (HostileRequests.head(operation) + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** The status of the answer, which begins to be read; 0 if the server closed instead. */
    private static int status(Socket socket) throws IOException {
        try {
            String line = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9));
        } catch (SocketException _) {
            return 0;
        }
    }

    /** Reads an answer to its end. */
    private static void finish(Socket socket) throws IOException {
        byte[] piece = new byte[64 << 10];
        InputStream in = socket.getInputStream();
        int read;
        do {
            read = in.read(piece);
        } while (read >= 0);
    }

    private static Callable<Integer> asking(String operation, String body) {
        return () -> {
            try (Socket socket = connected()) {
                socket.getOutputStream().write(request(operation, body));
                int status = status(socket);
                finish(socket);
                return status;
            } catch (SocketException _) {
                return 0; // Refused while it was still being sent.
            }
        };
    }

    @Test
    void manyLargeReadsAtOnce() throws Exception {
        List<Callable<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            reads.add(i % 2 == 0 ? asking("Query", QUERY) : asking("Scan", "{\"TableName\":\"crowd\"}"));
        }
        assertThat(allAtOnce(reads)).containsOnly(200);
    }

    @Test
    void manyLargeAnswersThatNobodyReads() throws Exception {
        var enough = new CountDownLatch(1);
        List<Future<Integer>> silent = new ArrayList<>();
        for (int i = 0; i < 3 * CROWD; i++) {
            silent.add(threads.submit(() -> {
                try (Socket socket = connected()) {
                    socket.getOutputStream().write(request("Query", QUERY));
                    enough.await();
                    return status(socket);
                }
            }));
        }
        // Others are served while those do not read.
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(client.listTables().tableNames()).contains("crowd");
                Thread.sleep(200);
            }
        } finally {
            enough.countDown();
        }
        for (Future<Integer> one : silent) {
            assertThat(one.get()).isIn(200, 503);
        }
    }

    @Test
    void manyLargeBodiesThatNeverEnd() throws Exception {
        String body = "x".repeat(8 << 20);
        byte[] most = (HostileRequests.head("PutItem") + "Content-Length: " + (body.length() + 1) + "\r\n\r\n" + body)
                .getBytes(UTF_8);
        List<Callable<Integer>> halves = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            halves.add(() -> {
                try (Socket socket = connected()) {
                    socket.getOutputStream().write(most);
                    Thread.sleep(2_000);
                    socket.shutdownOutput();
                    return status(socket);
                } catch (SocketException _) {
                    return 0;
                }
            });
        }
        assertThat(allAtOnce(halves)).containsAnyOf(0).isSubsetOf(0, 503);
    }

    @Test
    void manyBodiesThatAreMuchLargerOnceTheyAreRead() throws Exception {
        var body = new StringBuilder(
                "{\"TableName\":\"crowd\",\"Item\":{\"id\":{\"S\":\"x\"},\"at\":{\"N\":\"1\"},\"m\":{\"M\":{\"z\":{\"M\":{}}");
        for (int i = 0; i < 500_000; i++) {
            body.append(",\"").append(Integer.toHexString(i)).append("\":{\"M\":{}}");
        }
        Callable<Integer> put = asking("PutItem", body.append("}}}}").toString());
        assertThat(allAtOnce(IntStream.range(0, CROWD / 4).mapToObj(_ -> put).toList()))
                .contains(400)
                .isSubsetOf(0, 400, 503);
    }

    @Test
    void everyKindOfHostilityAtOnce() throws Exception {
        List<Callable<List<Integer>>> senders = IntStream.range(0, 16)
                .<Callable<List<Integer>>>mapToObj(sender -> () -> {
                    var requests = new HostileRequests(new SplittableRandom(sender));
                    var statuses = new ArrayList<Integer>();
                    for (int i = 0; i < 2 * CROWD; i++) {
                        HostileRequests.Hostile request = requests.next();
                        statuses.addAll(HostileInputTest.send(gramme.url(), request, request.what()));
                    }
                    return statuses;
                })
                .toList();
        assertThat(allAtOnce(senders).stream().flatMap(List::stream))
                .hasSizeGreaterThan(CROWD)
                .allMatch(status -> status < 500 || status == 503);
    }
}
