package io.gramme.differential.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link that signs requests, to any endpoint, over HTTP or TLS. It waits when the endpoint throttles, and learns the
 * account from the first ARN in an answer.
 */
public final class SignedLink implements Link {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_ATTEMPTS = 9;
    private static final Pattern ACCOUNT = Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]*:(\\d{12}):");
    private static final String UNKNOWN_ACCOUNT = "000000000000";
    private static final Set<String> THROTTLED = Set.of(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "LimitExceededException");

    private final URI endpoint;
    private final Credentials credentials;
    private final String region;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private String account = UNKNOWN_ACCOUNT;
    private Optional<Sent> sent = Optional.empty();

    private record Sent(Request request, CompletableFuture<HttpResponse<String>> response) {}

    public SignedLink(URI endpoint, Credentials credentials, String region) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.region = region;
    }

    @Override
    public void send(Request request) {
        sent = Optional.of(start(request));
    }

    private Sent start(Request request) {
        byte[] body = request.content(new Caller(credentials.accessKeyId(), account, region));
        return new Sent(
                request,
                client.sendAsync(signed(request.operation(), body), HttpResponse.BodyHandlers.ofString(UTF_8)));
    }

    private HttpRequest signed(String operation, byte[] body) {
        Instant now = Instant.now();
        var headers = new TreeMap<>(Map.of(
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-date",
                Signature.time(now),
                "x-amz-target",
                "DynamoDB_20120810." + operation));
        credentials.sessionToken().ifPresent(token -> headers.put("x-amz-security-token", token));
        var builder = HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(builder::header);
        headers.put("host", endpoint.getAuthority());
        String authorization = new Signature(credentials, region, "dynamodb").authorization(headers, body, now);
        return builder.header("Authorization", authorization).build();
    }

    @Override
    public Answer receive() throws IOException {
        Sent current = sent.orElseThrow(() -> new IllegalStateException("nothing was sent"));
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            Answer answer = answer(current);
            if (!THROTTLED.contains(answer.type()) || attempt == MOST_ATTEMPTS) {
                return answer;
            }
            pause(pause);
            pause = pause.multipliedBy(2);
            current = start(current.request());
        }
    }

    private Answer answer(Sent current) throws IOException {
        try {
            HttpResponse<String> response = current.response().get();
            Matcher arn = ACCOUNT.matcher(response.body());
            if (account.equals(UNKNOWN_ACCOUNT) && arn.find()) {
                account = requireNonNull(arn.group(1));
            }
            return new Answer(response.statusCode(), Json.read(response.body()));
        } catch (ExecutionException e) {
            throw new IOException("no answer from " + endpoint, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause(Duration pause) throws IOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }

    @Override
    public void close() {
        client.close();
    }
}
