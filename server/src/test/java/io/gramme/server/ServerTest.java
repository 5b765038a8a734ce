package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    private HttpResponse<String> get(InetSocketAddress address, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void aServerIsHealthyOnceStarted() throws Exception {
        try (var server = Server.start(ServerOptions.inMemory())) {
            HttpResponse<String> answer = get(server.address(), "/");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("healthy: ");
            assertThat(server.metricsAddress()).isEmpty();
        }
    }
}
