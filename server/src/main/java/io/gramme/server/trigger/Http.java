package io.gramme.server.trigger;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Sends what triggers have to send. */
interface Http {

    /**
     * What came back.
     *
     * @param functionError what the header {@code X-Amz-Function-Error} says, or nothing
     */
    record Answer(int status, String functionError, Bytes body) {}

    /** Nobody was there to take it, as far as is known. */
    final class Unreachable extends IOException {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * Posts JSON and waits for the answer.
     *
     * @throws Unreachable if there was no connection
     * @throws IOException if there was one, and no answer in time
     */
    Answer post(URI url, byte[] json, Duration timeout) throws IOException, InterruptedException;

    /** Ends what is under way. */
    void stop();
}
