package io.gramme.differential.generate;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults in the text of an expression. */
final class ExpressionFaults {
    private static final List<String> EXPRESSIONS = List.of(
            "ConditionExpression",
            "UpdateExpression",
            "ProjectionExpression",
            "FilterExpression",
            "KeyConditionExpression");

    private static final List<String> PIECES = List.of(
            "=",
            "<",
            "<>",
            "AND",
            "or",
            "NOT",
            "(",
            ")",
            ",",
            ".",
            "[0]",
            "[",
            "]",
            "#missing",
            ":missing",
            "at0",
            "size(at0)",
            "+",
            "SET",
            "REMOVE at9",
            "name",
            "BETWEEN",
            "IN",
            "!",
            "\"",
            "$",
            "1",
            "attribute_exists(at0)",
            "ADD at1 :v0");

    private final Luck luck;

    ExpressionFaults(Luck luck) {
        this.luck = luck;
    }

    /** Spoils an expression; returns whether the request had one. */
    boolean spoil(ObjectNode body) {
        List<String> there = EXPRESSIONS.stream().filter(body::has).toList();
        if (there.isEmpty()) {
            return false;
        }
        String member = luck.of(there);
        JsonNode text = body.path(member);
        body.put(member, spoilt(text.asString("")));
        return true;
    }

    private String spoilt(String text) {
        int at = luck.below(text.length() + 1);
        return switch (luck.below(16)) {
            case 0, 1 -> insert(text, luck.of(PIECES));
            case 2 -> removeWord(text);
            case 3 -> luck.of("", " ", "\n", text + " ");
            case 4 -> "(" + text + ")";
            case 5 -> "((" + text + "))";
            case 6 -> text.substring(0, at);
            case 7 -> swap(text, "=", luck.of("<>", ">", "==", "= =", "IN", ""));
            case 8 -> swap(text, "at", luck.of("name", "status", "size", "Order", "at0.", "#", "0at"));
            case 9 -> swap(text, "(", luck.of("((", "( ", "", "["));
            case 10 -> swap(text, ",", luck.of(",,", " ", ";"));
            case 11 ->
                text
                        + luck.of(
                                " AND",
                                ",",
                                " AND at0 = at1",
                                " AND attribute_exists(at0)",
                                " REMOVE at0",
                                ", at0",
                                ")");
            case 12 ->
                swap(
                        text,
                        luck.of("begins_with", "contains", "attribute_exists", "size", "if_not_exists", "list_append"),
                        luck.of("begins_With", "size", "attribute_exists", "contains", "list_append", "nothing"));
            case 13 -> many(text);
            case 14 -> swap(text, ":v0", luck.of(":v1", ":missing", "at0", ":", "#n0"));
            default -> swap(text, "[", luck.of("[-", "[9999999999", "[ ", "[:v0", "[x"));
        };
    }

    private String insert(String text, String piece) {
        List<String> words = List.of(text.split(" ", -1));
        int at = luck.below(words.size() + 1);
        return String.join(" ", words.subList(0, at)) + " " + piece + " "
                + String.join(" ", words.subList(at, words.size()));
    }

    private String removeWord(String text) {
        List<String> words = List.of(text.split(" ", -1));
        int at = luck.below(words.size());
        return String.join(" ", words.subList(0, at)) + " " + String.join(" ", words.subList(at + 1, words.size()));
    }

    private static String swap(String text, String what, String by) {
        int at = text.indexOf(what);
        return at < 0 ? text + by : text.substring(0, at) + by + text.substring(at + what.length());
    }

    /** An expression beyond one of the bounds: operators, length, depth of a path. */
    private String many(String text) {
        int count = luck.of(100, 101, 300, 301, 400);
        return switch (luck.below(4)) {
            case 0 -> repeated(" AND ", count, i -> "attribute_exists(a" + i + ")");
            case 1 -> "at0 IN (" + repeated(",", count, _ -> ":v0") + ")";
            case 2 -> "at0" + ".x".repeat(luck.of(30, 31, 32, 33)) + text;
            default -> text + " AND at0 = " + "x".repeat(luck.of(4000, 4096, 5000));
        };
    }

    private static String repeated(String joint, int count, IntFunction<String> piece) {
        return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining(joint));
    }
}
