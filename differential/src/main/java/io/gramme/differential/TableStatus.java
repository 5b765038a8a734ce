package io.gramme.differential;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Whether a table is on its way to another state. */
final class TableStatus {
    /** How often a table is asked, and how long it is left alone in between. */
    private static final int MOST_ASKED = 3000;

    private static final Duration PAUSE = Duration.ofMillis(10);

    private TableStatus() {}

    /** Waits until the table is ready or gone on both sides, for half a minute at most. */
    static Duel.Round settle(Duel duel, String name) throws IOException {
        Request describe = Request.of("DescribeTable", Json.object("TableName", name));
        Duel.Round round = duel.play(describe);
        for (int i = 0; i < MOST_ASKED && !isSettled(round); i++) {
            Pause.of(PAUSE);
            round = duel.play(describe);
        }
        return round;
    }

    static boolean isSettled(Duel.Round round) {
        return isSettled(round.gramme()) && isSettled(round.peer());
    }

    static boolean isSettled(Answer description) {
        if (!description.succeeded()) {
            return true;
        }
        JsonNode table = description.body().path("Table");
        boolean settled = table.path("TableStatus").asString("").equals("ACTIVE");
        for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
            // A server without this member has indexes that are ready at once.
            settled &= index.path("IndexStatus").asString("ACTIVE").equals("ACTIVE");
        }
        return settled;
    }
}
