package io.gramme.consistency.workload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server reached over HTTP. Requests are sent once: an SDK would resend them when there is no answer, and how often
 * they were sent could no longer be known.
 */
public final class HttpDatabase implements Database, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** After so long without any answer, a server that was not killed counts as dead. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String CREDENTIALS = "AWS4-HMAC-SHA256"
            + " Credential=111111111111/20260101/eu-west-1/dynamodb/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature=0";

    private final URI url;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private volatile CompletableFuture<Boolean> up = CompletableFuture.completedFuture(true);
    private volatile long answeredNanos = System.nanoTime();

    public HttpDatabase(URI url) {
        this.url = url;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** Makes new requests wait; those already sent continue. To be called before the server is killed. */
    public void hold() {
        up = new CompletableFuture<>();
    }

    public void resume() {
        answeredNanos = System.nanoTime();
        up.complete(true);
    }

    @Override
    public Answer call(String operation, String request) {
        HttpRequest post = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", CREDENTIALS)
                .POST(BodyPublishers.ofString(Json.strict(request)))
                .build();
        try {
            up.get();
            HttpResponse<byte[]> response = http.send(post, BodyHandlers.ofByteArray());
            answeredNanos = System.nanoTime();
            return Answer.of(response.statusCode(), response.body());
        } catch (IOException e) {
            if (up.isDone() && System.nanoTime() - answeredNanos > PATIENCE.toNanos()) {
                throw new AssertionError("no server answers at " + url, e);
            }
            return new Answer.Lost(String.valueOf(e));
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the workload was interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        threads.close();
    }
}
