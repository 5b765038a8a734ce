package io.gramme.embedded;

import io.gramme.core.bytes.Bytes;
import io.gramme.http.Answer;
import io.gramme.http.InProcessTransport;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The adapter between the SDK's HTTP types and the server: passes requests on, and answers back. */
final class Door {
    private final InProcessTransport door;
    private volatile boolean closed;

    Door(InProcessTransport door) {
        this.door = door;
    }

    /**
     * Sends a request; {@code answered} is called once, on any thread.
     *
     * @throws IllegalStateException if this is closed. It is not an IOException, because a client would retry that
     */
    void ask(SdkHttpRequest request, byte[] body, Consumer<Answer> answered) {
        if (closed) {
            throw new IllegalStateException("this embedded Gramme is closed");
        }
        String uri = request.encodedQueryParameters()
                .map(query -> request.encodedPath() + "?" + query)
                .orElseGet(request::encodedPath);
        door.ask(request.method().name(), uri, new RequestHeaders(request), Bytes.wrap(body), answered);
    }

    static SdkHttpResponse head(Answer answer) {
        SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(answer.status());
        answer.headers().forEach(header -> head.appendHeader(header.name(), header.value()));
        return head.putHeader("Content-Length", Integer.toString(answer.body().length()))
                .build();
    }

    /** Refuses every later request. */
    void close() {
        closed = true;
    }
}
