package io.gramme.differential;

import io.gramme.differential.compare.Counts;
import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import io.gramme.differential.side.Side;
import io.gramme.differential.side.Traits;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Link;
import io.gramme.differential.wire.Request;
import java.io.Closeable;
import java.io.IOException;

/** The links of one account to both sides. */
final class Duel implements Closeable {
    private final Pair pair;
    private final String account;
    private final Trace trace;
    private Link gramme;
    private Link peer;

    Duel(Pair pair, String account, Trace trace) throws IOException {
        this.pair = pair;
        this.account = account;
        this.trace = trace;
        this.gramme = pair.gramme().connect(account);
        this.peer = pair.peer().connect(account);
    }

    /** Two running sides, with the traits that they have together. */
    record Pair(Side gramme, Side peer, Traits traits) {}

    /** Both answers to one request. */
    record Round(Answer gramme, Answer peer) {
        boolean succeeded() {
            return gramme.succeeded() && peer.succeeded();
        }
    }

    boolean claims(Move move) {
        return pair.traits().claims().include(move);
    }

    TableModel limited(TableModel table) {
        return pair.traits().claims().limit(table);
    }

    /** Whether a Scan reads in the same order on both sides. */
    boolean isOfOneSequence() {
        return pair.traits().sequence() == Traits.Sequence.GRAMME;
    }

    boolean readsLag() {
        return pair.traits().reads() == Traits.Reads.LAGGING;
    }

    Round play(Request request) throws IOException {
        gramme.send(request);
        peer.send(request);
        Answer answer = gramme.receive();
        var round = new Round(answer, fromPeer(request, answer));
        trace.add(request, round);
        return pair.traits().counts() == Traits.Counts.DELAYED
                        && request.operation().endsWith("Table")
                ? new Round(Counts.masked(round.gramme()), Counts.masked(round.peer()))
                : round;
    }

    private Answer fromPeer(Request request, Answer gramme) throws IOException {
        try {
            return peer.receive();
        } catch (IOException e) {
            throw new Unanswered(request, gramme, e);
        }
    }

    Answer gramme(Request request) throws IOException {
        return gramme.ask(request);
    }

    Answer peer(Request request) throws IOException {
        return peer.ask(request);
    }

    /** Lets each side do what its form does in the middle of a game, such as a restart. */
    void interlude(long seed) throws IOException, InterruptedException {
        pair.gramme().interlude(seed);
        pair.peer().interlude(seed);
        close();
        gramme = pair.gramme().connect(account);
        peer = pair.peer().connect(account);
    }

    @Override
    public void close() throws IOException {
        gramme.close();
        peer.close();
    }
}
