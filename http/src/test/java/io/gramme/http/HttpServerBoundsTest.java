package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.http.RawClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server holds, for how long, and how it lets go. */
@Tag("slow")
@Timeout(60)
class HttpServerBoundsTest {
    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (var server = Servers.start(Servers.options(Servers.impatient()), Servers.EMPTY_OBJECT);
                var silent = new RawClient(server);
                var once = new RawClient(server)) {
            once.ask(RawClient.post("{}"));
            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(once.isClosedByServer()).isTrue();
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    @Test
    void whoeverDripsHeadersIsCutOff() throws Exception {
        try (var server = Servers.start(Servers.options(Servers.impatient()), Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n");
            var cut = new AtomicBoolean();
            Thread.ofVirtual().start(() -> {
                try {
                    while (!cut.get()) {
                        client.send("X: y\r\n");
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException _) {
                    cut.set(true);
                }
            });
            assertThat(client.reply().status()).isEqualTo(408);
            cut.set(true);
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    @Test
    void whoeverNeverSendsABodyIsCutOff() throws Exception {
        try (var server = Servers.start(Servers.options(Servers.impatient()), Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Length: 100\r\n\r\n{");
            assertThat(client.reply().status()).isEqualTo(408);
            Servers.await(() -> server.load().connections() == 0);
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    @Test
    void whoeverBeginsARequestBehindAnotherAndNeverEndsItIsCutOff() throws Exception {
        Duration soon = Duration.ofMillis(500);
        Duration late = Duration.ofMinutes(5);
        var timeouts = new HttpOptions.Timeouts(late, soon, late, late, soon, soon, soon);
        try (var server = Servers.start(Servers.options(timeouts), Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send(RawClient.post("{}") + "POST / HTTP/1.1\r\nHost");
            assertThat(client.reply().status()).isEqualTo(200);
            assertThat(client.reply().status()).isEqualTo(408);
        }
    }

    @Test
    void whoeverNeverReadsIsCutOff() throws Exception {
        byte[] large = new byte[32 << 20];
        try (var server = Servers.start(Servers.options(Servers.impatient()), _ -> large);
                var client = new RawClient(server)) {
            client.send(RawClient.post("{}"));
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    @Test
    void theEndpointMayTakeLongerThanAnyTimeout() throws Exception {
        Endpoint slow = call -> {
            Thread.sleep(1000);
            return call.body();
        };
        try (var server = Servers.start(Servers.options(Servers.impatient()), slow);
                var client = new RawClient(server)) {
            assertThat(client.ask(RawClient.post("{}")).status()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionTooManyIsClosedAtOnce() throws Exception {
        var two = new HttpOptions.Limits(2, 10, 1000, 10_000, 1000, 1000, 1000);
        try (var server = Servers.start(Servers.options(two), Servers.EMPTY_OBJECT);
                var first = new RawClient(server)) {
            first.ask("GET / HTTP/1.1\r\n\r\n");
            try (var second = new RawClient(server);
                    var third = openedAfter(second, server)) {
                assertThat(third.isClosedByServer()).isTrue();
                assertThat(second.ask("GET / HTTP/1.1\r\n\r\n").status()).isEqualTo(200);
            }
            Servers.await(() -> server.load().connections() == 1);
            try (var next = new RawClient(server)) {
                assertThat(next.ask("GET / HTTP/1.1\r\n\r\n").status()).isEqualTo(200);
            }
        }
    }

    private static RawClient openedAfter(RawClient other, HttpServer server) throws IOException {
        other.ask("GET / HTTP/1.1\r\n\r\n");
        return new RawClient(server);
    }

    @Test
    void aRequestTooManyIsAskedToComeAgain() throws Exception {
        var one = new HttpOptions.Limits(10, 1, 1000, 10_000, 1000, 1000, 1000);
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        Endpoint held = call -> {
            entered.countDown();
            leave.await();
            return call.body();
        };
        try (var server = Servers.start(Servers.options(one), held);
                var first = new RawClient(server);
                var second = new RawClient(server)) {
            first.send(RawClient.post("{}"));
            entered.await();
            Reply refusal = second.ask(RawClient.post("{}"));
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.text())
                    .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ThrottlingException\","
                            + "\"message\":\"Rate of requests exceeds the allowed throughput\"}");
            // All at once, to be refused within one reading of the socket.
            second.send(RawClient.post("{}").repeat(100));
            for (int i = 0; i < 100; i++) {
                assertThat(second.reply().status()).isEqualTo(400);
            }
            leave.countDown();
            assertThat(first.reply().status()).isEqualTo(200);
            Servers.await(() -> answers(second));
        }
    }

    @Test
    void whoIsRefusedIsToldNoSoonerThanOthersAreServedAndItsBodyDoesNotWait() throws Exception {
        var one = new HttpOptions.Limits(10, 1, 1000, 10_000, 1000, 1000, 1000);
        var entered = new Semaphore(0);
        var leave = new Semaphore(0);
        Endpoint held = call -> {
            entered.release();
            leave.acquire();
            return "{}".getBytes(UTF_8);
        };
        Duration pace = Duration.ofMillis(300);
        try (var server = Servers.start(Servers.options(one), held);
                var first = new RawClient(server);
                var second = new RawClient(server)) {
            first.send(RawClient.post("{}"));
            entered.acquire();
            Thread.sleep(pace);
            leave.release();
            first.reply();
            Servers.await(() -> server.load().requests() == 0);

            first.send(RawClient.post("{}"));
            entered.acquire();
            long sent = System.nanoTime();
            second.send(RawClient.post("{}".repeat(100)));
            Servers.await(() -> server.load().refused() == 1);
            Servers.await(() -> server.load().bodyBytes() < 100);
            assertThat(second.reply().status()).isEqualTo(400);
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(pace);
            leave.release();
            assertThat(first.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void ofTenTimesTheCrowdThereIsRoomForTheOthersAreToldToSlowDown() throws Exception {
        int room = 8;
        var limits = new HttpOptions.Limits(1_000, room, 1000, 1 << 20, 1000, 1000, 1000);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        Endpoint busy = call -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                Thread.sleep(2);
                return call.body();
            } finally {
                inside.decrementAndGet();
            }
        };
        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var server = Servers.start(Servers.options(limits), busy)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = new ArrayList<Future<?>>();
                for (int i = 0; i < 10 * room; i++) {
                    all.add(threads.submit(() -> {
                        try (var client = new RawClient(server)) {
                            for (int n = 0; n < 50; n++) {
                                statuses.add(client.ask(RawClient.post("{}")).status());
                            }
                        }
                        return true;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
            assertThat(statuses).hasSize(10 * room * 50).contains(200, 400).isSubsetOf(200, 400);
            assertThat(most.get()).isLessThanOrEqualTo(room);
            try (var after = new RawClient(server)) {
                assertThat(after.ask(RawClient.post("{}")).status()).isEqualTo(200);
            }
            Servers.await(
                    () -> server.load().connections() == 0 && server.load().bodyBytes() == 0);
        }
    }

    @Test
    void anAnswerThatFindsNoRoomIsNotSent() throws Exception {
        var small = new HttpOptions.Limits(10, 10, 1000, 10_000, 1000, 1000, 1 << 20);
        try (var server = Servers.start(Servers.options(small), _ -> new byte[20_000]);
                var client = new RawClient(server)) {
            assertThat(client.ask(RawClient.post("{}")).status()).isEqualTo(503);
            assertThat(client.ask("GET / HTTP/1.1\r\n\r\n").status()).isEqualTo(200);
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    private static boolean answers(RawClient client) {
        try {
            return client.ask(RawClient.post("{}")).status() == 200;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void allBodiesTogetherAreBounded() throws Exception {
        var small = new HttpOptions.Limits(10, 10, 16 << 20, 1 << 20, 1000, 1000, 1000);
        String head = "POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Length: 1000000\r\n\r\n";
        try (var server = Servers.start(Servers.options(small), Servers.EMPTY_OBJECT);
                var first = new RawClient(server);
                var second = new RawClient(server)) {
            first.send(head).send(new byte[999_999]);
            Servers.await(() -> server.load().bodyBytes() == 1_000_000);
            second.send(head).send(new byte[100_000]);
            assertThat(second.reply().status()).isEqualTo(503);
            first.send("x");
            assertThat(first.reply().status()).isEqualTo(200);
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    @Test
    void closingWaitsForTheRequestInHandAndEndsItsConnection() throws Exception {
        var entered = new CountDownLatch(1);
        Endpoint slow = call -> {
            entered.countDown();
            Thread.sleep(300);
            return call.body();
        };
        var server = Servers.start(slow);
        try (var idle = new RawClient(server);
                var busy = new RawClient(server)) {
            idle.ask("GET / HTTP/1.1\r\n\r\n");
            busy.send(RawClient.post("{}"));
            entered.await();
            server.close();
            Reply reply = busy.reply();
            assertThat(reply.text()).isEqualTo("{}");
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(busy.isClosedByServer()).isTrue();
            assertThat(idle.isClosedByServer()).isTrue();
        }
        assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(IOException.class);
    }

    @Test
    void closingWaitsNoLongerThanItMay() throws Exception {
        var interrupted = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        Endpoint stuck = call -> {
            entered.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            return call.body();
        };
        Duration usual = Duration.ofMinutes(1);
        var timeouts = new HttpOptions.Timeouts(usual, usual, usual, usual, usual, usual, Duration.ofMillis(200));
        var server = Servers.start(Servers.options(timeouts), stuck);
        try (var client = new RawClient(server)) {
            client.send(RawClient.post("{}"));
            entered.await();
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            interrupted.await();
        }
    }

    @Test
    void closingAnUnusedServerIsQuickAndLeavesNoThread() throws Exception {
        Servers.start(Servers.EMPTY_OBJECT).close();
        Servers.await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("gramme-http")));
    }

    @Test
    void manyConnectionsAreServedAtOnce() throws Exception {
        try (var server = Servers.start(Servers.ECHO);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < 500; i++) {
                String body = "{\"client\":" + i + "}";
                all.add(threads.submit(() -> {
                    try (var client = new RawClient(server)) {
                        for (int n = 0; n < 5; n++) {
                            assertThat(client.ask(RawClient.post(body)).text()).isEqualTo(body);
                        }
                    }
                    return body;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    /** Nothing is lost of pooled memory, of body memory or of connections, whatever clients do and whenever they go. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void nothingLeaksFromClientsThatVanish(long seed) throws Exception {
        try (var server = Servers.start(Servers.ECHO)) {
            var random = new SplittableRandom(seed);
            byte[] conversation = (RawClient.post("{\"a\":\"" + "x".repeat(3000) + "\"}")
                                    .repeat(3) + "GARBAGE\r\n\r\n" + RawClient.post("{}"))
                    .getBytes(UTF_8);
            for (int i = 0; i < 200; i++) {
                int cut = random.nextInt(conversation.length);
                try (var client = new RawClient(server)) {
                    client.send(Arrays.copyOf(conversation, cut));
                    // Half of them reset the connection, the others end it.
                    client.socket.setSoLinger(random.nextBoolean(), 0);
                }
            }
            Servers.await(
                    () -> server.load().connections() == 0 && server.load().bodyBytes() == 0);
            // Leaks are found by the collector, and reported with the next buffers that are taken.
            for (int i = 0; i < 3; i++) {
                System.gc();
                try (var client = new RawClient(server)) {
                    assertThat(client.ask(RawClient.post("{}")).status()).isEqualTo(200);
                }
            }
        }
        assertThat(CountingLeakDetector.LEAKS).hasValue(0);
    }
}
