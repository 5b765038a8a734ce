package io.gramme.cli;

import io.gramme.api.wire.Service;
import io.gramme.server.ServerOptions.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The server that a command speaks to, by way of its port and as any client does. */
final class RunningServer {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    @Option(names = "--port", paramLabel = "PORT", description = "Where the server listens.")
    private int port = Ports.DEFAULT_PORT;

    @Option(names = "--host", paramLabel = "HOST", description = "On which host.")
    private String host = Ports.DEFAULT_HOST;

    /** The same for what is nobody's in particular. */
    String ask(String operation, String request) throws IOException, InterruptedException {
        return ask(operation, request, "gramme", "us-east-1");
    }

    /**
     * Asks for one of the operations that Gramme has besides the service's.
     *
     * @param accessKeyId says which account asks, and {@code region} in which region
     * @return the answer, as JSON
     * @throws IOException saying what went wrong
     */
    String ask(String operation, String request, String accessKeyId, String region)
            throws IOException, InterruptedException {
        var message = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", Service.GRAMME.targetPrefix() + "." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", credentials(accessKeyId, region))
                .POST(BodyPublishers.ofString(request))
                .build();
        HttpResponse<String> answer = send(message);
        if (answer.statusCode() != 200) {
            throw new IOException(host + ":" + port + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Complete, as the server demands. */
    private static String credentials(String accessKeyId, String region) {
        return "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/20260101/" + region
                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
    }

    private HttpResponse<String> send(HttpRequest message) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(CONNECTING)
                .proxy(HttpClient.Builder.NO_PROXY)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return client.send(message, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("cannot reach a server on " + host + ":" + port, e);
        }
    }
}
