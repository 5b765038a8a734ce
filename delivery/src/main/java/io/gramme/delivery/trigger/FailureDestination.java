package io.gramme.delivery.trigger;

import java.io.IOException;

/** The place where a trigger records which stream records it could not deliver. */
@FunctionalInterface
interface FailureDestination {
    /** @throws IOException if the failure record could not be stored; the caller retries */
    void send(byte[] letter) throws IOException, InterruptedException;
}
