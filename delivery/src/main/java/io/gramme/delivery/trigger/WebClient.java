package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP client that belongs to one trigger, so that it can be stopped without the others. Redirects are treated as
 * any other response: events go to the configured URL and nowhere else.
 */
final class WebClient implements Http {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** The bound of a response body; no meaningful response is as long. */
    private static final long MOST_BYTES = 1 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECTING)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    @Override
    public Answer post(URI url, byte[] json, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            // The client's own timeout covers the head of a response only; this one includes the body.
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("X-Amz-Function-Error").orElse(""),
                    Bytes.wrap(response.body()));
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new IOException("no response within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failure(Optional.ofNullable(e.getCause()).orElse(e));
        }
    }

    private static IOException failure(Throwable cause) {
        String what = Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new Unreachable("no connection: " + what)
                : new IOException(what);
    }

    @Override
    public void stop() {
        client.shutdownNow();
    }
}
