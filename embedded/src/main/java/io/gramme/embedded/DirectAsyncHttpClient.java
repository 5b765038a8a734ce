package io.gramme.embedded;

import io.gramme.http.Answer;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * The HTTP client of the SDK's asynchronous clients: hands requests to a server in this JVM. When the caller cancels a
 * call, its answer is dropped; the server finishes the request.
 */
final class DirectAsyncHttpClient implements SdkAsyncHttpClient {
    private final Door door;

    DirectAsyncHttpClient(Door door) {
        this.door = door;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        var done = new CompletableFuture<Void>();
        SdkAsyncHttpResponseHandler handler = request.responseHandler();
        var _ = done.whenComplete((_, failure) -> {
            if (failure != null) {
                handler.onError(failure);
            }
        });
        var _ = BodyCollector.collect(request.requestContentPublisher()).whenComplete((body, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
                return;
            }
            try {
                door.ask(request.request(), body, answer -> tell(answer, handler, done));
            } catch (IllegalStateException closed) {
                done.completeExceptionally(closed);
            }
        });
        return done;
    }

    private static void tell(Answer answer, SdkAsyncHttpResponseHandler handler, CompletableFuture<Void> done) {
        if (!done.isDone()) {
            handler.onHeaders(Door.head(answer));
            handler.onStream(new BodyPublisher(answer.body(), done));
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
