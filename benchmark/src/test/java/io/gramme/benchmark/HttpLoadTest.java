package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpLoadTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final List<Request> REQUESTS =
            List.of(Request.of(Connection.request("GetItem", "{\"TableName\":\"t\"}")));

    private final AtomicInteger answers = new AtomicInteger();
    private final HttpServer server;

    HttpLoadTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(int status, String body, Duration delay) {
        server.createContext("/", exchange -> {
            sleep(delay);
            answer(exchange, status, body);
            answers.incrementAndGet();
        });
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpLoad.Outcome run() throws IOException, InterruptedException {
        return new HttpLoad(server.getAddress().getPort(), SHORT, SHORT).run(REQUESTS, false, 2, () -> Usage.NONE);
    }

    @Test
    void oneConnectionCarriesManyAnswersOfAnySize() throws IOException {
        String large = "é".repeat(100_000);
        serve(200, large, Duration.ZERO);
        try (var connection = Connection.open(server.getAddress().getPort())) {
            for (int i = 0; i < 3; i++) {
                assertThat(connection.succeeds(REQUESTS.getFirst().bytes())).isTrue();
                assertThat(connection.body()).isEqualTo(large);
            }
        }
    }

    @Test
    void whatIsAnsweredInTheWarmUpIsNotCounted() throws Exception {
        serve(200, "{}", Duration.ZERO);
        HttpLoad.Outcome outcome = run();
        assertThat(outcome.errors()).isZero();
        assertThat(outcome.latencies().count()).isPositive().isLessThan(answers.get());
        assertThat(outcome.perSecond()).isPositive();
    }

    @Test
    void aServerSlowerThanTheMeasuredTimeStillHasARate() throws Exception {
        serve(200, "{}", SHORT.multipliedBy(3));
        HttpLoad.Outcome outcome = run();
        assertThat(outcome.latencies().count()).isEqualTo(2);
        assertThat(outcome.perSecond()).isBetween(0.1, 2 / 0.3);
    }

    @Test
    void anythingButSuccessIsAnError() throws Exception {
        serve(400, "{}", Duration.ZERO);
        HttpLoad.Outcome outcome = run();
        assertThat(outcome.errors()).isPositive();
        assertThat(outcome.latencies().count()).isZero();
        assertThat(outcome.perSecond()).isZero();
    }
}
