package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A request to a server in eu-north-1, for the account 123456789012 unless another is named, without a client. */
final class PlainCall {
    private PlainCall() {}

    /** @return the answer, be it a success or an error */
    static String of(Server server, String operation, String body) throws IOException, InterruptedException {
        return of(server, "123456789012", operation, body);
    }

    static String of(Server server, String account, String operation, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort()))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/eu-north-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString(UTF_8)).body();
        }
    }
}
