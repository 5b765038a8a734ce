package io.gramme.differential;

import io.gramme.differential.generate.Move;
import io.gramme.differential.wire.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Repeats a read that a side may answer with older data, until both sides agree or the time is over. */
final class Repetition {
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "BatchGetItem", "ListTables");
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST = 120;

    private Repetition() {}

    /** A read that can be sent to both sides once more. */
    interface Reading {
        Duel.Round again() throws IOException;
    }

    /** Whether the two answers differ. */
    interface Difference {
        boolean isIn(Duel.Round round);
    }

    /**
     * Repeats a read while the answers differ. A refusal is final, and so is the capacity charged for the same items.
     */
    static Duel.Round untilAlike(Duel.Round first, Reading reading, Difference difference) throws IOException {
        Duel.Round round = first;
        for (int i = 0; i < MOST && round.succeeded() && difference.isIn(uncharged(round)); i++) {
            Pause.of(PAUSE);
            round = reading.again();
        }
        return round;
    }

    private static Duel.Round uncharged(Duel.Round round) {
        return new Duel.Round(uncharged(round.gramme()), uncharged(round.peer()));
    }

    private static Answer uncharged(Answer answer) {
        return answer.body() instanceof ObjectNode body
                ? new Answer(answer.status(), body.deepCopy().without("ConsumedCapacity"))
                : answer;
    }

    /** Whether the request changes nothing, so that it can be repeated. */
    static boolean isOf(Move move) {
        JsonNode body = move.body();
        return READS.contains(move.operation())
                || selects(body.path("Statement"))
                || selectsAll(body.path("Statements"))
                || selectsAll(body.path("TransactStatements"));
    }

    private static boolean selectsAll(JsonNode statements) {
        return statements.isArray()
                && statements.valueStream().allMatch(statement -> selects(statement.path("Statement")));
    }

    private static boolean selects(JsonNode statement) {
        return statement.asString("").strip().toUpperCase(Locale.ROOT).startsWith("SELECT");
    }
}
