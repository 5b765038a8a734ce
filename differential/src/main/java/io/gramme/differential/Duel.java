package io.gramme.differential;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Connection;
import io.gramme.differential.wire.Peer;
import io.gramme.differential.wire.Request;
import java.io.Closeable;
import java.io.IOException;

/** A connection to each of the two servers, for one caller. */
final class Duel implements Closeable {
    private final Connection gramme;
    private final Connection local;
    private final Trace trace;

    Duel(Peer.Running gramme, Peer.Running local, String caller, Trace trace) throws IOException {
        this.gramme = gramme.connect(caller);
        this.local = local.connect(caller);
        this.trace = trace;
    }

    /** Both answers to one request. */
    record Round(Answer gramme, Answer local) {}

    /** One of the two servers. */
    interface Side {
        Answer ask(Request request) throws IOException;
    }

    Round play(Request request) throws IOException {
        gramme.send(request);
        local.send(request);
        var round = new Round(gramme.receive(), local.receive());
        trace.add(request, round);
        return round;
    }

    Answer gramme(Request request) throws IOException {
        gramme.send(request);
        return gramme.receive();
    }

    Answer local(Request request) throws IOException {
        local.send(request);
        return local.receive();
    }

    @Override
    public void close() throws IOException {
        gramme.close();
        local.close();
    }
}
