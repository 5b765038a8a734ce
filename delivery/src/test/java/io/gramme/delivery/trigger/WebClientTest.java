package io.gramme.delivery.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebClientTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final WebClient client = new WebClient();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        client.stop();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void whatIsPostedArrivesAndTheAnswerComesBack() throws Exception {
        server.createContext("/echo", exchange -> {
            exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            answer(exchange, 202, (exchange.getRequestMethod() + " " + type + " " + body).getBytes(UTF_8));
        });
        Http.Answer answer = client.post(at("/echo"), "{}".getBytes(UTF_8), LONG);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(new String(answer.body().toArray(), UTF_8)).isEqualTo("POST application/json {}");
    }

    @Test
    void aRedirectIsAnAnswerAndNoWay() throws Exception {
        var visits = new AtomicInteger();
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", at("/there").toString());
            answer(exchange, 307, new byte[0]);
        });
        server.createContext("/there", exchange -> {
            visits.incrementAndGet();
            answer(exchange, 200, new byte[0]);
        });
        assertThat(client.post(at("/moved"), new byte[0], LONG).status()).isEqualTo(307);
        assertThat(visits).hasValue(0);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        server.createContext("/flood", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var chunk = new byte[1 << 16];
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(chunk);
            }
        });
        assertThatThrownBy(() -> client.post(at("/flood"), new byte[0], LONG)).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatStopsInTheMiddleIsNotWaitedForLongerThanTheTimeout() {
        server.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write("half".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            await();
        });
        assertThatThrownBy(() -> client.post(at("/half"), new byte[0], Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Http.Unreachable.class);
    }

    @Test
    void whoIsNotThereIsToldFromWhoDoesNotAnswer() {
        URI gone = at("/");
        server.stop(0);
        assertThatThrownBy(() -> client.post(gone, new byte[0], LONG)).isInstanceOf(Http.Unreachable.class);
        assertThatThrownBy(() -> client.post(URI.create("http://nobody.invalid/"), new byte[0], LONG))
                .isInstanceOf(Http.Unreachable.class);
    }

    @Test
    void whatIsUnderWayEndsWhenItIsStopped() throws Exception {
        var arrived = new CountDownLatch(1);
        server.createContext("/slow", _ -> {
            arrived.countDown();
            await();
        });
        var post = threads.submit(() -> client.post(at("/slow"), new byte[0], LONG));
        arrived.await();
        client.stop();
        assertThatThrownBy(post::get).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.post(at("/slow"), new byte[0], LONG)).isInstanceOf(IOException.class);
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
