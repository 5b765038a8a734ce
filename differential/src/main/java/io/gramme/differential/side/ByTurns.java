package io.gramme.differential.side;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Link;
import io.gramme.differential.wire.Request;
import java.io.IOException;

/** A link to two servers that sends requests to them in turn, as a load balancer may do. */
final class ByTurns implements Link {
    private Link next;
    private Link last;

    ByTurns(Link one, Link other) {
        this.next = one;
        this.last = other;
    }

    @Override
    public void send(Request request) throws IOException {
        Link chosen = next;
        next = last;
        last = chosen;
        chosen.send(request);
    }

    @Override
    public Answer receive() throws IOException {
        return last.receive();
    }

    @Override
    public void close() throws IOException {
        next.close();
        last.close();
    }
}
