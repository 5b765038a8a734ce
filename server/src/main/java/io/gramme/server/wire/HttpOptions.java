package io.gramme.server.wire;

import java.time.Duration;

/** Where the server listens, and every bound it keeps. */
public record HttpOptions(String host, int port, Limits limits, Timeouts timeouts) {

    /** The defaults at an address; port 0 takes any free port. */
    public static HttpOptions at(String host, int port) {
        return new HttpOptions(host, port, Limits.DEFAULT, Timeouts.DEFAULT);
    }

    /**
     * The same for a heap of this size: requests and answers that wait on the network are given a quarter of it, if that is
     * less than they may have anyway, and room for two of the largest in any case.
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
        return new HttpOptions(host, port, bounded, timeouts);
    }

    /**
     * How much of everything.
     *
     * @param connections open at once; a further one is closed as soon as it is made
     * @param requests in the hands of the endpoint at once; a further one is answered ThrottlingException
     * @param bodyBytes of one request, as sent and inflated; a longer one is answered 413 (16 MB is the service's)
     * @param bodyMemoryBytes of all requests and answers together; one that finds no room is answered ServiceUnavailable
     * @param lineBytes of a request line, which holds the signature of a presigned request
     * @param headBytes of all headers together, which hold session tokens of several kilobytes
     * @param compressFromBytes from which length an answer is compressed for a client that accepts gzip or deflate
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
     * How long.
     *
     * @param idle between two requests of a connection, or before its first
     * @param head from the first byte of a request to the end of its headers
     * @param body from there to the end of its body
     * @param write from an answer to its last byte in the socket's buffer
     * @param refusal from a request too many to its answer, at most: else as long as those taken in hand take
     * @param linger for the client to read the refusal of a request it is still sending
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
