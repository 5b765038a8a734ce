package io.gramme.server.trigger;

import java.io.IOException;

/** Where is told which records were given up. */
@FunctionalInterface
interface FailureDestination {
    /** @throws IOException if it could not be told; it will be tried again */
    void send(byte[] letter) throws IOException, InterruptedException;
}
