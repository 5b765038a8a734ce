package io.gramme.server.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The way in without sockets, for callers in this JVM: the same requests meet the same refusals and the same bounds as
 * over HTTP, and a thread of their own answers them.
 */
public final class InProcessTransport implements AutoCloseable {
    private final HttpOptions options;
    private final DynamoDbProtocol door;
    private final RequestExecutor requests;
    private final RequestIds ids;

    /** @param options whose limits and whose patience hold here, too; its address means nothing */
    public InProcessTransport(Endpoint endpoint, HttpOptions options, RandomGenerator random) {
        HttpOptions.Limits limits = options.limits();
        this.options = options;
        this.door =
                new DynamoDbProtocol(endpoint, new AnyCredentials(), limits, new BodyMemory(limits.bodyMemoryBytes()));
        this.requests = new RequestExecutor(door, limits.requests());
        this.ids = new RequestIds(random);
    }

    /**
     * Calls {@code answered} once: on the thread that answers, or on the caller's if the request is refused at once.
     *
     * @param uri path and query
     */
    public void ask(String method, String uri, Headers headers, Bytes body, Consumer<Answer> answered) {
        var request = new Request(ids.next(), method, uri, headers, body);
        if (body.length() > options.limits().bodyBytes()) {
            answered.accept(door.refused(request, WireErrors.bodyTooLarge()));
        } else {
            requests.start(request, answered);
        }
    }

    /** Gives the requests in hand their time, then interrupts them; later ones are refused as if there were too many. */
    @Override
    public void close() {
        requests.close(options.timeouts().drain());
    }
}
