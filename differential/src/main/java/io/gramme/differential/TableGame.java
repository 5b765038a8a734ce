package io.gramme.differential;

import io.gramme.differential.compare.Comparer;
import io.gramme.differential.compare.Findings;
import io.gramme.differential.compare.Order;
import io.gramme.differential.compare.Signature;
import io.gramme.differential.generate.Luck;
import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableRequests;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The requests of one seed that make, change, tag and delete tables. */
final class TableGame {
    private static final int MOVES = 60;
    private static final Set<String> WRITES = Set.of("CreateTable", "UpdateTable", "DeleteTable");

    /** How often a table is asked whether it is what it is going to be, and how long it is left alone in between. */
    private static final int MOST_ASKED = 400;

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final long seed;
    private final Duel duel;
    private final Findings findings;
    private final List<String> names;
    private final TableRequests author;

    TableGame(long seed, Duel duel, Findings findings) {
        this.seed = seed;
        this.duel = duel;
        this.findings = findings;
        this.names = List.of("game" + seed + "-c", "game" + seed + "-d", "game" + seed + "-e");
        this.author = new TableRequests(new Luck(seed), names);
    }

    void play() throws IOException, InterruptedException {
        boolean goesOn = true;
        for (int i = 0; i < MOVES && goesOn; i++) {
            goesOn = step(author.next());
        }
        for (String name : names) {
            remove(name);
        }
    }

    /** Whether the table is there to go on with. */
    private boolean step(Move move) throws IOException, InterruptedException {
        Duel.Round round = duel.play(move.request());
        compare(move.operation(), move.request(), round);
        String name = move.body().path("TableName").asString("");
        if (!WRITES.contains(move.operation())) {
            return true;
        }
        if (!names.contains(name)) {
            // A fault gave it another name, which may be one.
            if (round.gramme().succeeded() || round.local().succeeded()) {
                remove(name);
            }
            return true;
        }
        Duel.Round settled = settle(name);
        if (!isSettled(settled)) {
            Signature stuck =
                    new Signature(move.operation() + " that settles", told(settled.gramme()), told(settled.local()));
            record(stuck, move.request(), settled);
            return false;
        }
        if (round.gramme().succeeded() != round.local().succeeded()) {
            remove(name);
        } else if (round.gramme().succeeded()) {
            compare("DescribeTable afterwards", move.request(), settled);
        }
        return true;
    }

    private static String told(Answer answer) {
        return isSettled(answer) ? "ready" : "stuck";
    }

    private void compare(String operation, Request request, Duel.Round round) {
        findings.count();
        for (Signature signature : Comparer.compare(operation, round.gramme(), round.local(), new Order.Strict())) {
            record(signature, request, round);
        }
    }

    private void record(Signature signature, Request request, Duel.Round round) {
        findings.add(signature, new Findings.Sample(seed, request, round.gramme(), round.local()));
    }

    private static Request describe(String name) {
        return Request.of("DescribeTable", Json.object("TableName", name));
    }

    /** Waits until a table is what it is going to be, on both servers, though not for ever. */
    private Duel.Round settle(String name) throws IOException, InterruptedException {
        Duel.Round round = duel.play(describe(name));
        for (int i = 0; i < MOST_ASKED && !isSettled(round); i++) {
            Thread.sleep(PAUSE);
            round = duel.play(describe(name));
        }
        return round;
    }

    private static boolean isSettled(Duel.Round round) {
        return isSettled(round.gramme()) && isSettled(round.local());
    }

    private static boolean isSettled(Answer answer) {
        if (!answer.succeeded()) {
            return true;
        }
        JsonNode table = answer.body().path("Table");
        boolean settled = table.path("TableStatus").asString("").equals("ACTIVE");
        for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
            settled &= index.path("IndexStatus").asString("").equals("ACTIVE");
        }
        return settled;
    }

    private void remove(String name) throws IOException, InterruptedException {
        duel.play(Request.of("UpdateTable", Json.object("TableName", name).put("DeletionProtectionEnabled", false)));
        var _ = settle(name);
        duel.play(Request.of("DeleteTable", Json.object("TableName", name)));
        var _ = settle(name);
    }
}
