package io.gramme.differential;

import io.gramme.differential.compare.Order;
import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import io.gramme.differential.generate.TableModel.IndexModel;
import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All pages and segments of a read, for comparison as a whole. Single pages of some reads cannot be compared: two
 * servers need not agree on the order of a scan, nor on that of items with equal sort keys in an index.
 */
final class Walk {
    private static final int MOST_PAGES = 300;

    /** The most segments of a scan to walk; more would take too many requests. */
    private static final int MOST_SEGMENTS = 8;

    private final Asking server;

    Walk(Asking server) {
        this.server = server;
    }

    /** Sends a request to one server. */
    interface Asking {
        Answer ask(Move move) throws IOException;
    }

    static boolean isNeededFor(Move move, List<TableModel> tables) {
        JsonNode body = move.body();
        boolean part = body.has("Limit") || body.has("ExclusiveStartKey") || body.has("Segment");
        return part
                && isRead(move)
                && (move.operation().equals("Scan") || index(move, tables).isPresent());
    }

    private static boolean isRead(Move move) {
        return move.operation().equals("Scan") || move.operation().equals("Query");
    }

    private static Optional<IndexModel> index(Move move, List<TableModel> tables) {
        return tables.stream()
                .filter(table ->
                        table.name().equals(move.body().path("TableName").asString("")))
                .flatMap(table -> table.indexes().stream())
                .filter(index ->
                        index.name().equals(move.body().path("IndexName").asString("")))
                .findFirst();
    }

    /** The order of the items in the answer to a read. */
    static Order order(Move move, List<TableModel> tables) {
        if (move.operation().equals("Scan") || move.operation().equals("ExecuteStatement")) {
            return new Order.By(List.of());
        }
        return index(move, tables)
                .<Order>map(index -> new Order.By(
                        index.range().stream().map(KeyAttribute::name).toList()))
                .orElseGet(Order.Strict::new);
    }

    /** The items and counts of all pages as one answer, or the first refusal. */
    Answer all(Move move) throws IOException {
        ObjectNode sum = Json.object();
        JsonNode segments = move.body().path("TotalSegments");
        if (segments.asInt(1) > MOST_SEGMENTS) {
            return new Answer(200, sum);
        }
        for (int segment = 0; segment < segments.asInt(1); segment++) {
            ObjectNode request = move.body().deepCopy();
            request.remove("ExclusiveStartKey");
            if (!segments.isMissingNode()) {
                request.put("Segment", segment);
            }
            Answer refusal = addPages(new Move(move.operation(), request), sum);
            if (!refusal.succeeded()) {
                return refusal;
            }
        }
        return new Answer(200, sum);
    }

    private Answer addPages(Move first, ObjectNode sum) throws IOException {
        ObjectNode request = first.body();
        for (int page = 0; ; page++) {
            Answer answer = server.ask(new Move(first.operation(), request));
            if (!answer.succeeded()) {
                return answer;
            }
            add(answer.body(), sum);
            JsonNode last = answer.body().path("LastEvaluatedKey");
            if (last.isMissingNode() || page == MOST_PAGES) {
                sum.put("Complete", last.isMissingNode());
                return answer;
            }
            request.set("ExclusiveStartKey", last);
        }
    }

    private static void add(JsonNode page, ObjectNode sum) {
        for (String count : List.of("Count", "ScannedCount")) {
            sum.put(count, sum.path(count).asInt(0) + page.path(count).asInt(0));
        }
        if (page.get("Items") instanceof ArrayNode items) {
            ArrayNode all = sum.get("Items") instanceof ArrayNode before ? before : sum.putArray("Items");
            all.addAll(items);
        }
    }
}
