package io.gramme.differential.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults in the text of a statement, or in its parameters. */
final class StatementFaults {
    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|[\\w.]+|\\S");

    private static final List<String> PIECES = List.of(
            "=",
            "<",
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            ",",
            "[0]",
            "[",
            "]",
            "<<",
            "{",
            "}",
            "?",
            "at0",
            "'a'",
            "1",
            "MISSING",
            "null",
            "SET at9 = 1",
            "WHERE",
            "FROM",
            "*",
            "size(at0)",
            "foo(at0)",
            "BETWEEN",
            "IN",
            "!",
            "\"",
            "pk",
            "sk",
            "RETURNING ALL OLD *",
            "LIMIT 1",
            ";");

    private final Luck luck;
    private final Values values;

    StatementFaults(Luck luck, Values values) {
        this.luck = luck;
        this.values = values;
    }

    void spoil(ObjectNode body) {
        var statements = new ArrayList<ObjectNode>();
        collect(body, statements);
        if (statements.isEmpty()) {
            return;
        }
        ObjectNode statement = luck.of(statements);
        if (luck.chance(25)) {
            spoilParameters(statement);
            return;
        }
        statement.put("Statement", spoilt(statement.path("Statement").asString("")));
    }

    private static void collect(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object && object.has("Statement")) {
            found.add(object);
        }
        node.forEach(child -> collect(child, found));
    }

    private String spoilt(String text) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
        if (tokens.isEmpty()) {
            return luck.of(PIECES);
        }
        int at = luck.below(tokens.size());
        switch (luck.below(4)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> tokens.set(at, luck.of(PIECES));
            default -> tokens.add(at, luck.of(PIECES));
        }
        return String.join(" ", tokens);
    }

    private void spoilParameters(ObjectNode statement) {
        ArrayNode parameters =
                statement.get("Parameters") instanceof ArrayNode array ? array : statement.putArray("Parameters");
        if (!parameters.isEmpty() && luck.chance(50)) {
            parameters.remove(luck.below(parameters.size()));
        } else if (!parameters.isEmpty() && luck.chance(50)) {
            parameters.set(luck.below(parameters.size()), values.any(1));
        } else {
            parameters.add(values.any(1));
        }
    }
}
