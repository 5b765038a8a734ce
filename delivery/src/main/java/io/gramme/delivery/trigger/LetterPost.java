package io.gramme.delivery.trigger;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A failure destination that posts failure records to a URL. */
record LetterPost(Http http, URI url, Duration timeout) implements FailureDestination {
    @Override
    public void send(byte[] letter) throws IOException, InterruptedException {
        Http.Answer answer = http.post(url, letter, timeout);
        if (answer.status() < 200 || answer.status() > 299) {
            throw new IOException("status " + answer.status());
        }
    }
}
