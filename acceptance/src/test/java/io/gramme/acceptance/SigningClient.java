package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.signature.Signer;
import io.gramme.core.signature.SigningTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A client that signs requests for any service with one key. */
record SigningClient(URI server, String keyId, String secret, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    SigningClient at(URI other) {
        return new SigningClient(other, keyId, secret, token);
    }

    /** A request of the query protocol. */
    String form(String service, String version, String form) throws IOException, InterruptedException {
        return send(
                service, "application/x-www-form-urlencoded; charset=utf-8", Map.of(), form + "&Version=" + version);
    }

    String dynamoDb(String operation, String body) throws IOException, InterruptedException {
        return send(
                "dynamodb",
                "application/x-amz-json-1.0",
                Map.of("x-amz-target", "DynamoDB_20120810." + operation),
                body);
    }

    /** Returns the status and the body. */
    private String send(String service, String type, Map<String, String> more, String body)
            throws IOException, InterruptedException {
        Instant now = Instant.now();
        var headers = new HashMap<>(more);
        headers.put("content-type", type);
        headers.put("x-amz-date", SigningTime.format(now));
        if (!token.isEmpty()) {
            headers.put("x-amz-security-token", token);
        }
        var signed = new HashMap<>(headers);
        signed.put("host", server.getAuthority());
        byte[] bytes = body.getBytes(UTF_8);
        var request = HttpRequest.newBuilder(server).POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::header);
        request.header(
                "authorization",
                new Signer(keyId, secret, "us-east-1", service).authorizationOfPost(signed, bytes, now));
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
