package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The transport without sockets, for callers in this JVM: the protocol and the limits are the same as over HTTP, and
 * each request is answered on its own thread.
 */
public final class InProcessTransport implements AutoCloseable {
    private final HttpOptions options;
    private final DynamoDbProtocol door;
    private final RequestExecutor requests;
    private final RequestIds ids;

    /** @param options whose limits and drain timeout apply here, too; the address is ignored */
    public InProcessTransport(Endpoint endpoint, HttpOptions options, RandomGenerator random) {
        HttpOptions.Limits limits = options.limits();
        this.options = options;
        this.door = new DynamoDbProtocol(endpoint, limits, new BodyMemory(limits.bodyMemoryBytes()));
        this.requests = new RequestExecutor(door, limits.requests());
        this.ids = new RequestIds(random);
    }

    /**
     * Calls {@code answered} once: on the thread that answers, or on the caller's thread if the request is refused at
     * once.
     *
     * @param uri path and query
     */
    public void ask(String method, String uri, Headers headers, Bytes body, Consumer<Answer> answered) {
        var request = new Request(ids.next(), Peer.HERE, method, uri, headers, body);
        if (body.length() > options.limits().bodyBytes()) {
            answered.accept(door.refused(request, WireErrors.bodyTooLarge()));
        } else {
            requests.start(request, answered);
        }
    }

    /**
     * Waits a limited time for running requests, then interrupts them. Later requests are refused as requests over the
     * limit.
     */
    @Override
    public void close() {
        requests.close(options.timeouts().drain());
    }
}
