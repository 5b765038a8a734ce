package io.gramme.differential.wire;

import java.io.Closeable;
import java.io.IOException;

/** The connection of one caller to a server. For one thread at a time. */
public interface Link extends Closeable {

    /**
     * Sends a request; {@link #receive} must follow. Between the two calls the other server can be sent the same
     * request.
     */
    void send(Request request) throws IOException;

    Answer receive() throws IOException;

    default Answer ask(Request request) throws IOException {
        send(request);
        return receive();
    }
}
