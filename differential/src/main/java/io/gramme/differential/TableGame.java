package io.gramme.differential;

import io.gramme.differential.compare.Comparer;
import io.gramme.differential.compare.Findings;
import io.gramme.differential.compare.Order;
import io.gramme.differential.compare.Signature;
import io.gramme.differential.generate.Luck;
import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableRequests;
import io.gramme.differential.generate.Tables;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A game about tables: the requests of one seed that create, change, tag and delete tables. */
final class TableGame {
    private static final int MOVES = 60;
    private static final Set<String> WRITES = Set.of("CreateTable", "UpdateTable", "DeleteTable");

    private final long seed;
    private final Duel duel;
    private final Findings findings;
    private final List<String> names;
    private final TableRequests author;

    TableGame(long seed, Duel duel, Findings findings) {
        this.seed = seed;
        this.duel = duel;
        this.findings = findings;
        this.names = List.of(Tables.name(seed, 'c'), Tables.name(seed, 'd'), Tables.name(seed, 'e'));
        this.author = new TableRequests(new Luck(seed), names);
    }

    void play() throws IOException, InterruptedException {
        boolean goesOn = true;
        for (int i = 0; i < MOVES && goesOn; i++) {
            if (i == MOVES / 2) {
                duel.interlude(seed);
            }
            Move move = author.next();
            goesOn = !duel.claims(move) || step(move);
        }
        for (String name : names) {
            remove(name);
        }
    }

    /** Plays a request; returns whether the table exists, so that the game can continue with it. */
    private boolean step(Move move) throws IOException {
        Duel.Round round = ask(move);
        compare(move.operation(), move.request(), round);
        String name = move.body().path("TableName").asString("");
        if (!WRITES.contains(move.operation())) {
            return true;
        }
        if (!names.contains(name)) {
            // A fault changed the name, perhaps to another valid one.
            if (round.gramme().succeeded() || round.peer().succeeded()) {
                remove(name);
            }
            return true;
        }
        Duel.Round settled = TableStatus.settle(duel, name);
        if (!TableStatus.isSettled(settled)) {
            Signature stuck =
                    new Signature(move.operation() + " that settles", told(settled.gramme()), told(settled.peer()));
            record(stuck, move.request(), settled);
            return false;
        }
        if (round.gramme().succeeded() != round.peer().succeeded()) {
            remove(name);
        } else if (round.gramme().succeeded()) {
            compare("DescribeTable afterwards", move.request(), settled);
        }
        return true;
    }

    private Duel.Round ask(Move move) throws IOException {
        Duel.Round round = duel.play(move.request());
        return duel.readsLag() && Repetition.isOf(move)
                ? Repetition.untilAlike(round, () -> duel.play(move.request()), latest -> !isAlike(move, latest))
                : round;
    }

    private static boolean isAlike(Move move, Duel.Round round) {
        return Comparer.compare(move.operation(), round.gramme(), round.peer(), new Order.Strict())
                .isEmpty();
    }

    private static String told(Answer answer) {
        return TableStatus.isSettled(answer) ? "ready" : "stuck";
    }

    private void compare(String operation, Request request, Duel.Round round) {
        findings.count();
        for (Signature signature : Comparer.compare(operation, round.gramme(), round.peer(), new Order.Strict())) {
            record(signature, request, round);
        }
    }

    private void record(Signature signature, Request request, Duel.Round round) {
        findings.add(signature, new Findings.Sample(seed, request, round.gramme(), round.peer()));
    }

    private void remove(String name) throws IOException {
        duel.play(Request.of("UpdateTable", Json.object("TableName", name).put("DeletionProtectionEnabled", false)));
        var _ = TableStatus.settle(duel, name);
        duel.play(Request.of("DeleteTable", Json.object("TableName", name)));
        var _ = TableStatus.settle(duel, name);
    }
}
