package io.gramme.http;

import io.gramme.http.tls.ServerTls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The address of an HTTP server, and all of its limits and timeouts.
 *
 * @param browsers which pages may call, and by which names clients may address this server
 * @param tls empty for plain HTTP
 */
public record HttpOptions(
        String host,
        int port,
        Limits limits,
        Timeouts timeouts,
        PerClient perClient,
        Browsers browsers,
        Optional<ServerTls> tls) {

    public HttpOptions(String host, int port, Limits limits, Timeouts timeouts) {
        this(host, port, limits, timeouts, PerClient.DEFAULT, Browsers.NONE, Optional.empty());
    }

    /** The defaults at an address; port 0 takes any free port. */
    public static HttpOptions at(String host, int port) {
        return new HttpOptions(host, port, Limits.DEFAULT, Timeouts.DEFAULT);
    }

    /**
     * The same options for a heap of this size: requests and responses that wait on the network get a quarter of the
     * heap, if that is less than their limit, and always room for two of the largest.
     */
    public HttpOptions within(long heapBytes) {
        long quarter = Math.max(heapBytes / 4, 2L * limits.bodyBytes);
        var bounded = new Limits(
                limits.connections,
                limits.requests,
                limits.bodyBytes,
                Math.min(limits.bodyMemoryBytes, quarter),
                limits.lineBytes,
                limits.headBytes,
                limits.compressFromBytes);
        return new HttpOptions(host, port, bounded, timeouts, perClient, browsers, tls);
    }

    public HttpOptions with(PerClient other) {
        return new HttpOptions(host, port, limits, timeouts, other, browsers, tls);
    }

    public HttpOptions with(Browsers other) {
        return new HttpOptions(host, port, limits, timeouts, perClient, other, tls);
    }

    public HttpOptions with(ServerTls other) {
        return new HttpOptions(host, port, limits, timeouts, perClient, browsers, Optional.of(other));
    }

    /**
     * The limits of one client, so that others are served beside it. Clients of this machine have no limits on the number
     * of their connections and requests.
     *
     * @param connections open at once from one address; a further one is closed as soon as it is made
     * @param requests of one address processed at once; a further one is answered ThrottlingException
     * @param bodyBytesPerSecond the least rate at which a body must come, on the average since its beginning, but not
     *     before {@code bodyGrace}
     */
    public record PerClient(int connections, int requests, int bodyBytesPerSecond, Duration bodyGrace) {
        public static final PerClient DEFAULT = new PerClient(5_000, 1_000, 1_000, Duration.ofSeconds(10));

        /**
         * The time that a body has from its beginning on, as long as no more of it has come.
         *
         * @param bytes that have come
         * @param most that it has at any rate
         */
        Duration patience(int bytes, Duration most) {
            Duration atRate = bodyGrace.plusMillis(1_000L * bytes / Math.max(1, bodyBytesPerSecond));
            return atRate.compareTo(most) < 0 ? atRate : most;
        }
    }

    /**
     * What protects a server from the browsers that can reach it, while signatures are not enforced.
     *
     * @param hostNames by which clients address this server, beside those of its certificate and of this machine
     * @param origins of pages that may call, as browsers write them: {@code http://localhost:3000}
     */
    public record Browsers(List<String> hostNames, List<String> origins) {
        /** No page may call but those of this server. */
        public static final Browsers NONE = new Browsers(List.of(), List.of());

        public Browsers {
            hostNames = List.copyOf(hostNames);
            origins = List.copyOf(origins);
        }
    }

    /**
     * The limits of an HTTP server.
     *
     * @param connections open at once; a further connection is closed as soon as it is made
     * @param requests processed by the endpoint at once; a further request is answered ThrottlingException
     * @param bodyBytes of one request, as sent and decompressed; a longer one is answered 413 (16 MB is the service's
     *     limit)
     * @param bodyMemoryBytes of all requests and responses together; a request that does not fit is answered
     *     ServiceUnavailable
     * @param lineBytes of a request line, which contains the signature of a presigned request
     * @param headBytes of all headers together, which contain session tokens of several kilobytes
     * @param compressFromBytes the length from which a response is compressed for a client that accepts gzip or deflate
     */
    public record Limits(
            int connections,
            int requests,
            int bodyBytes,
            long bodyMemoryBytes,
            int lineBytes,
            int headBytes,
            int compressFromBytes) {
        public static final Limits DEFAULT =
                new Limits(10_000, 2_000, 16 << 20, 512L << 20, 16 << 10, 32 << 10, 4 << 10);
    }

    /**
     * The timeouts of an HTTP server.
     *
     * @param idle between two requests of a connection, or before its first
     * @param head from the first byte of a request to the end of its headers
     * @param body from there to the end of its body
     * @param write from a response to its last byte in the socket's buffer
     * @param refusal the maximum delay of the response to a request over the limit; it is delayed as long as accepted
     *     requests take
     * @param linger for the client to read the refusal of a request that it is still sending
     * @param drain for the requests in flight when the server closes
     */
    public record Timeouts(
            Duration idle,
            Duration head,
            Duration body,
            Duration write,
            Duration refusal,
            Duration linger,
            Duration drain) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofMinutes(3),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }
}
