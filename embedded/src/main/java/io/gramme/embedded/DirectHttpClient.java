package io.gramme.embedded;

import io.gramme.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client of the SDK's synchronous clients: hands requests to a server in this JVM. The caller waits while a
 * thread of the request's own does the work. So a client may stop waiting, by a timeout or an interrupt, and the server
 * finishes the request, as it does when a connection breaks.
 */
final class DirectHttpClient implements SdkHttpClient {
    private final Door door;

    DirectHttpClient(Door door) {
        this.door = door;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Call(request);
    }

    private final class Call implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Call(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            door.ask(request.httpRequest(), body(request.contentStreamProvider()), answer::complete);
            try {
                Answer given = answer.get();
                return HttpExecuteResponse.builder()
                        .response(Door.head(given))
                        .responseBody(AbortableInputStream.create(
                                new ByteArrayInputStream(given.body().shared())))
                        .build();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for an answer");
            } catch (CancellationException | ExecutionException e) {
                throw new IOException("aborted while waiting for an answer", e);
            }
        }

        private static byte[] body(Optional<ContentStreamProvider> content) throws IOException {
            if (content.isEmpty()) {
                return new byte[0];
            }
            try (InputStream stream = content.get().newStream()) {
                return stream.readAllBytes();
            }
        }

        @Override
        public void abort() {
            answer.cancel(false);
        }
    }

    @Override
    public String clientName() {
        return "Gramme";
    }

    /** Does nothing: the owner of the {@link Door} closes it. */
    @Override
    public void close() {}
}
