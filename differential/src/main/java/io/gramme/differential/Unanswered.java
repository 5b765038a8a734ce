package io.gramme.differential;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.io.IOException;

/** A request to which the peer gave no answer. */
final class Unanswered extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Request request;
    private final transient Answer gramme;

    Unanswered(Request request, Answer gramme, IOException cause) {
        super("the peer did not answer " + request.operation() + ": " + cause.getMessage(), cause);
        this.request = request;
        this.gramme = gramme;
    }

    Request request() {
        return request;
    }

    Duel.Round round() {
        return new Duel.Round(gramme, new Answer(0, Json.object()));
    }
}
