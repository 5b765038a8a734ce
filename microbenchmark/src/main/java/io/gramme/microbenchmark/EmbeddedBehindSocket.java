package io.gramme.microbenchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gramme.embedded.EmbeddedGramme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * An embedded Gramme, in memory, behind a port of this machine. The port passes requests on to it, so that the
 * differential can compare it with a server by the same requests.
 */
public final class EmbeddedBehindSocket {
    private EmbeddedBehindSocket() {}

    /** @param arguments the port */
    public static void main(String[] arguments) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        SdkHttpClient gramme = EmbeddedGramme.start().httpClient();
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, gramme));
        server.start();
    }

    private static void answer(HttpExchange exchange, SdkHttpClient gramme) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
                    .protocol("http")
                    .host("gramme.invalid")
                    .encodedPath(exchange.getRequestURI().getRawPath());
            exchange.getRequestHeaders().forEach(request::putHeader);
            HttpExecuteResponse answer = gramme.prepareRequest(HttpExecuteRequest.builder()
                            .request(request.build())
                            .contentStreamProvider(() -> new ByteArrayInputStream(body))
                            .build())
                    .call();
            byte[] content = answer.responseBody().isPresent()
                    ? answer.responseBody().get().readAllBytes()
                    : new byte[0];
            answer.httpResponse().headers().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("Content-Length")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.httpResponse().statusCode(), content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }
}
