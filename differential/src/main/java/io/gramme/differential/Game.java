package io.gramme.differential;

import io.gramme.differential.compare.Comparer;
import io.gramme.differential.compare.Findings;
import io.gramme.differential.compare.Order;
import io.gramme.differential.compare.Signature;
import io.gramme.differential.generate.Author;
import io.gramme.differential.generate.Luck;
import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import io.gramme.differential.generate.Tables;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** The requests of one seed, on tables of their own. */
final class Game {
    /** About how many requests a game has, its pages and audits included. */
    static final int REQUESTS = 330;

    private static final int MOVES = 250;

    private static final int FIRST_ITEMS = 12;
    private static final int MOST_PAGES = 100;
    private static final Set<String> WRITES = Set.of(
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactWriteItems",
            "ExecuteStatement",
            "BatchExecuteStatement",
            "ExecuteTransaction");

    private final long seed;
    private final Duel duel;
    private final Findings findings;
    private final Author author;
    private final List<TableModel> tables;

    Game(long seed, Function<Luck, Author> author, Duel duel, Findings findings) {
        this.seed = seed;
        this.duel = duel;
        this.findings = findings;
        var luck = new Luck(seed);
        var drawn = new Tables(luck);
        this.tables = List.of(drawn.table("game" + seed + "-a"), drawn.table("game" + seed + "-b"));
        this.author = author.apply(luck);
    }

    void play() throws IOException {
        for (TableModel table : tables) {
            step(new Move("CreateTable", table.definition()));
            for (int i = 0; i < FIRST_ITEMS; i++) {
                step(author.put(table));
            }
        }
        for (int i = 0; i < MOVES; i++) {
            step(author.next(tables));
        }
        for (TableModel table : tables) {
            audit(table);
            step(new Move("DeleteTable", Json.object("TableName", table.name())));
        }
    }

    private void step(Move move) throws IOException {
        Duel.Round round = duel.play(move.request());
        findings.count();
        boolean succeeded = round.gramme().succeeded() && round.local().succeeded();
        if (succeeded && Walk.isNeededFor(move, tables)) {
            walk(move);
            return;
        }
        boolean differs = compare(move, round);
        if (WRITES.contains(move.operation()) && (differs || mayHaveDoneAnother(move, succeeded))) {
            heal(move, differs);
        }
        if (succeeded && move.operation().equals("Query")) {
            followPages(move, round);
        }
    }

    private boolean compare(Move move, Duel.Round round) {
        List<Signature> differences =
                Comparer.compare(move.operation(), round.gramme(), round.local(), Walk.order(move, tables));
        differences.forEach(signature -> record(named(signature, move), move, round));
        return !differences.isEmpty();
    }

    /** What UPDATED_OLD and UPDATED_NEW show is a matter of its own, apart from what other updates show. */
    private static Signature named(Signature signature, Move move) {
        boolean isOfAttributes = signature.gramme().endsWith("Attributes");
        boolean showsUpdated = move.body().path("ReturnValues").asString("").startsWith("UPDATED_");
        return isOfAttributes && showsUpdated
                ? new Signature(move.operation() + " showing what it updated", signature.gramme(), signature.local())
                : signature;
    }

    /**
     * Of an update that only removes, and of a transaction, the answer need not tell what was done; and of a batch of
     * statements DynamoDB Local does some before it refuses all.
     */
    private static boolean mayHaveDoneAnother(Move move, boolean succeeded) {
        return switch (move.operation()) {
            case "UpdateItem" -> succeeded && onlyRemoves(move);
            case "TransactWriteItems" -> succeeded;
            case "BatchExecuteStatement" -> !succeeded;
            default -> false;
        };
    }

    private static boolean onlyRemoves(Move move) {
        String update = move.body().path("UpdateExpression").asString("");
        return !update.contains("SET") && !update.contains("ADD");
    }

    private void record(Signature signature, Move move, Duel.Round round) {
        findings.add(signature, new Findings.Sample(seed, move.request(), round.gramme(), round.local()));
    }

    /** Goes on after a page of a query, on both servers from where Gramme's page ended. */
    private void followPages(Move move, Duel.Round first) throws IOException {
        Duel.Round round = first;
        for (int page = 0; page < MOST_PAGES && hasLast(round.gramme()) && hasLast(round.local()); page++) {
            Move next = after(move, round.gramme());
            round = duel.play(next.request());
            findings.count();
            if (compare(next, round)) {
                return;
            }
        }
    }

    private static boolean hasLast(Answer answer) {
        return answer.body().has("LastEvaluatedKey");
    }

    private static Move after(Move move, Answer page) {
        ObjectNode next = move.body().deepCopy();
        next.set("ExclusiveStartKey", page.body().path("LastEvaluatedKey"));
        return new Move(move.operation(), next);
    }

    /** Reads all pages on each server in its own order, and compares what they hold together. */
    private void walk(Move move) throws IOException {
        var gramme = new Walk(request -> ask(duel::gramme, request));
        var local = new Walk(request -> ask(duel::local, request));
        var round = new Duel.Round(gramme.all(move), local.all(move));
        List<Signature> differences = compareAll(move.operation() + " of all pages", round);
        if (differences.isEmpty()) {
            return;
        }
        // Whether the pages of one of them are not what it has without pages.
        Move whole = Walk.whole(move);
        boolean grammeIsTrue = compareAll("", new Duel.Round(round.gramme(), gramme.all(whole)))
                .isEmpty();
        boolean localIsTrue =
                compareAll("", new Duel.Round(local.all(whole), round.local())).isEmpty();
        String operation = move.operation()
                + (grammeIsTrue && !localIsTrue ? " of all pages, fewer than without" : " of all pages");
        differences.forEach(one -> record(new Signature(operation, one.gramme(), one.local()), move, round));
    }

    private static List<Signature> compareAll(String operation, Duel.Round round) {
        return Comparer.compare(operation, round.gramme(), round.local(), new Order.By(List.of()));
    }

    private Answer ask(Duel.Side side, Move move) throws IOException {
        findings.count();
        return side.ask(move.request());
    }

    /**
     * After a write that may not have done the same: what lies on one server only is deleted on both.
     *
     * @param isKnown whether the answers to the write told as much, so that this is no further difference
     */
    private void heal(Move write, boolean isKnown) throws IOException {
        for (ItemKey key : ItemKey.of(write, tables)) {
            Duel.Round found = duel.play(key.request("GetItem"));
            findings.count();
            List<Signature> left = Comparer.compare(
                    "GetItem after " + write.operation(), found.gramme(), found.local(), new Order.Strict());
            boolean succeeded = found.gramme().succeeded() && found.local().succeeded();
            if (succeeded && !left.isEmpty()) {
                duel.play(key.request("DeleteItem"));
                if (!isKnown) {
                    left.forEach(signature -> record(signature, write, found));
                }
            }
        }
    }

    /** Whether both servers hold the same, in the table and in each index. */
    private void audit(TableModel table) throws IOException {
        audit(Json.object("TableName", table.name()));
        for (TableModel.IndexModel index : table.indexes()) {
            audit(Json.object("TableName", table.name()).put("IndexName", index.name()));
        }
    }

    private void audit(ObjectNode scan) throws IOException {
        step(new Move("Scan", scan));
    }
}
