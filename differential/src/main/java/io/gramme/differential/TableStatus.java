package io.gramme.differential;

import io.gramme.differential.compare.Comparer;
import io.gramme.differential.compare.Order;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Waits for a table to leave its transitional states, such as CREATING, on both sides. */
final class TableStatus {
    /** The most DescribeTable requests for a table, and the pause between them. */
    private static final int MOST_ASKED = 3000;

    private static final Duration PAUSE = Duration.ofMillis(10);

    /** The consecutive equal answers required where a read may be stale: each of two servers must be read. */
    private static final int TIMES_ALIKE = 4;

    private static final Duration LONGER_PAUSE = Duration.ofMillis(100);
    private static final int MOST_COMPARED = 60;

    private TableStatus() {}

    /**
     * Waits until the table is ready or gone on both sides, for half a minute at most; repeats reads that may be stale.
     */
    static Duel.Round settle(Duel duel, String name) throws IOException {
        Request describe = Request.of("DescribeTable", Json.object("TableName", name));
        Duel.Round round = settled(duel, describe);
        int alike = 0;
        for (int i = 0; duel.readsLag() && i < MOST_COMPARED && alike < TIMES_ALIKE; i++) {
            Pause.of(LONGER_PAUSE);
            round = settled(duel, describe);
            alike = isAlike(round) ? alike + 1 : 0;
        }
        return round;
    }

    private static boolean isAlike(Duel.Round round) {
        return Comparer.compare("DescribeTable", round.gramme(), round.peer(), new Order.Strict())
                .isEmpty();
    }

    private static Duel.Round settled(Duel duel, Request describe) throws IOException {
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
            // On a server without this member, indexes are ready at once.
            settled &= index.path("IndexStatus").asString("ACTIVE").equals("ACTIVE");
        }
        return settled;
    }
}
