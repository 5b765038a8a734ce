package io.gramme.differential.wire;

import java.io.Closeable;
import java.io.IOException;

/** The connection of one caller to a server. Of one thread at a time. */
public interface Link extends Closeable {

    /** Sends a request; {@link #receive} is to follow. Between the two, the other server can be sent the same. */
    void send(Request request) throws IOException;

    Answer receive() throws IOException;

    default Answer ask(Request request) throws IOException {
        send(request);
        return receive();
    }
}
