package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The HTTP client of a trigger. */
interface Http {

    /**
     * A response.
     *
     * @param functionError the value of the header {@code X-Amz-Function-Error}; empty if absent
     */
    record Answer(int status, String functionError, Bytes body) {}

    /** No connection was made: as far as is known, no server received the request. */
    final class Unreachable extends IOException {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * Posts JSON and waits for the response.
     *
     * @throws Unreachable if no connection could be made
     * @throws IOException if there was a connection, but no response in time
     */
    Answer post(URI url, byte[] json, Duration timeout) throws IOException, InterruptedException;

    /** Ends the requests that are under way. */
    void stop();
}
