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
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A game about items: the requests of one seed, on tables of their own. */
final class Game {
    /** The approximate number of requests of a game, its pages and audits included. */
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
        this.tables = List.of(
                duel.limited(drawn.table(Tables.name(seed, 'a'))), duel.limited(drawn.table(Tables.name(seed, 'b'))));
        this.author = author.apply(luck);
    }

    void play() throws IOException, InterruptedException {
        for (TableModel table : tables) {
            step(new Move("CreateTable", table.definition()));
            var _ = TableStatus.settle(duel, table.name());
            for (int i = 0; i < FIRST_ITEMS; i++) {
                step(author.put(table));
            }
        }
        for (int i = 0; i < MOVES; i++) {
            if (i == MOVES / 2) {
                duel.interlude(seed);
            }
            step(author.next(tables));
        }
        for (TableModel table : tables) {
            audit(table);
            step(new Move("DeleteTable", Json.object("TableName", table.name())));
            var _ = TableStatus.settle(duel, table.name());
        }
    }

    private void step(Move move) throws IOException {
        if (!duel.claims(move)) {
            return;
        }
        Duel.Round round = ask(move);
        boolean succeeded = round.succeeded();
        if (succeeded && !duel.isOfOneSequence() && Walk.isNeededFor(move, tables)) {
            walk(move);
            return;
        }
        boolean differs = compare(move, round);
        if (WRITES.contains(move.operation()) && (differs || mayHaveDoneAnother(move, succeeded))) {
            heal(move, differs);
        }
        if (succeeded && (move.operation().equals("Query") || move.operation().equals("Scan"))) {
            followPages(move, round);
        }
    }

    private Duel.Round ask(Move move) throws IOException {
        Duel.Round round = duel.play(move.request());
        findings.count();
        boolean mayLag = duel.readsLag() && Repetition.isOf(move);
        return mayLag
                ? Repetition.untilAlike(
                        round,
                        () -> duel.play(move.request()),
                        latest -> !differences(move, latest).isEmpty())
                : round;
    }

    private List<Signature> differences(Move move, Duel.Round round) {
        Order order = duel.isOfOneSequence() ? new Order.Strict() : Walk.order(move, tables);
        return Comparer.compare(move.operation(), round.gramme(), round.peer(), order);
    }

    private boolean compare(Move move, Duel.Round round) {
        List<Signature> differences = differences(move, round);
        differences.forEach(signature -> record(named(signature, move), move, round));
        return !differences.isEmpty();
    }

    /**
     * The signature to count: differences of what UPDATED_OLD and UPDATED_NEW show are counted apart from those of
     * other updates.
     */
    private static Signature named(Signature signature, Move move) {
        boolean isOfAttributes = signature.gramme().endsWith("Attributes");
        boolean showsUpdated = move.body().path("ReturnValues").asString("").startsWith("UPDATED_");
        return isOfAttributes && showsUpdated
                ? new Signature(move.operation() + " showing what it updated", signature.gramme(), signature.peer())
                : signature;
    }

    /**
     * Whether equal answers may hide different effects: an update that only removes, and a transaction, need not show
     * what they did.
     */
    private static boolean mayHaveDoneAnother(Move move, boolean succeeded) {
        return switch (move.operation()) {
            case "UpdateItem" -> succeeded && onlyRemoves(move);
            case "TransactWriteItems" -> succeeded;
            default -> false;
        };
    }

    private static boolean onlyRemoves(Move move) {
        String update = move.body().path("UpdateExpression").asString("");
        return !update.contains("SET") && !update.contains("ADD");
    }

    private void record(Signature signature, Move move, Duel.Round round) {
        findings.add(signature, new Findings.Sample(seed, move.request(), round.gramme(), round.peer()));
    }

    /** Continues after a page: on both sides from the last key of Gramme's page. */
    private void followPages(Move move, Duel.Round first) throws IOException {
        Duel.Round round = first;
        for (int page = 0; page < MOST_PAGES && hasLast(round.gramme()) && hasLast(round.peer()); page++) {
            Move next = after(move, round.gramme());
            round = ask(next);
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

    /** Reads all pages on each side in its own order, and compares their items as a whole. */
    private void walk(Move move) throws IOException {
        var gramme = new Walk(request -> ask(duel::gramme, request));
        var peer = new Walk(request -> ask(duel::peer, request));
        var round = new Duel.Round(gramme.all(move), peer.all(move));
        if (duel.readsLag()) {
            round = Repetition.untilAlike(
                    round,
                    () -> new Duel.Round(gramme.all(move), peer.all(move)),
                    latest -> !compareAll("", latest).isEmpty());
        }
        Duel.Round found = round;
        compareAll(move.operation() + " of all pages", found).forEach(one -> record(one, move, found));
    }

    private static List<Signature> compareAll(String operation, Duel.Round round) {
        return Comparer.compare(operation, round.gramme(), round.peer(), new Order.By(List.of()));
    }

    /** One of the two sides. */
    private interface Asked {
        Answer ask(Request request) throws IOException;
    }

    private Answer ask(Asked side, Move move) throws IOException {
        findings.count();
        return side.ask(move.request());
    }

    /**
     * Compares the items of a write that may have had different effects, and deletes an item that differs on both
     * sides.
     *
     * @param isKnown whether the answers to the write differed already, so that this is not a further difference
     */
    private void heal(Move write, boolean isKnown) throws IOException {
        for (ItemKey key : ItemKey.of(write, tables)) {
            Duel.Round found = duel.play(key.get());
            findings.count();
            List<Signature> left = Comparer.compare(
                    "GetItem after " + write.operation(), found.gramme(), found.peer(), new Order.Strict());
            if (found.succeeded() && !left.isEmpty()) {
                duel.play(key.delete());
                if (!isKnown) {
                    left.forEach(signature -> record(signature, write, found));
                }
            }
        }
    }

    /** Compares the contents of both sides, in the table and in each index. */
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
