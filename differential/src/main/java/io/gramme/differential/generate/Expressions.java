package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random conditions, projections and paths of one request. */
final class Expressions {
    private static final List<String> COMPARATORS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Luck luck;
    private final Values values;
    private final Placeholders placeholders;
    private final List<String> attributes;

    /** @param attributes the attributes with which paths begin */
    Expressions(Luck luck, Values values, Placeholders placeholders, List<String> attributes) {
        this.luck = luck;
        this.values = values;
        this.placeholders = placeholders;
        this.attributes = attributes;
    }

    /** A path: mostly an attribute, sometimes an element inside one. */
    String path() {
        return path(luck.of(attributes));
    }

    String path(String attribute) {
        String name = placeholders.name(attribute);
        if (luck.chance(75)) {
            return name;
        }
        return switch (luck.below(4)) {
            case 0 -> name + "[" + luck.below(3) + "]";
            case 1 -> name + "." + placeholders.name(luck.of("x", "y", "z")) + "[" + luck.below(2) + "]";
            case 2 -> name + "[" + luck.below(2) + "]." + placeholders.name("x");
            default -> name + "." + placeholders.name(luck.of("x", "y", "z"));
        };
    }

    private String value(String attribute) {
        return placeholders.value(luck.chance(85) ? values.usual(attribute) : values.any(1));
    }

    private String valueOf(String type) {
        return placeholders.value(luck.chance(97) ? values.ofType(type, 1) : values.any(1));
    }

    String condition(int depth) {
        if (depth == 0 || luck.chance(45)) {
            return simple();
        }
        return switch (luck.below(4)) {
            case 0 -> "NOT " + inner(depth - 1);
            case 1 -> inner(depth - 1) + luck.of(" OR ", " or ") + inner(depth - 1);
            default -> inner(depth - 1) + " AND " + inner(depth - 1);
        };
    }

    /**
     * A part of a condition, in parentheses if it has parts itself; sometimes without, which binds them differently.
     */
    private String inner(int depth) {
        String part = condition(depth);
        boolean composed = part.contains(" AND ") || part.contains(" OR ") || part.contains(" or ");
        return composed && luck.chance(80) ? "(" + part + ")" : part;
    }

    private String simple() {
        String attribute = luck.of(attributes);
        return switch (luck.below(11)) {
            case 0 -> operand(attribute) + " " + luck.of("=", "<>") + " " + operandBeside(attribute);
            case 1, 2 -> {
                String type = luck.of("S", "N", "B");
                yield operand(ordered(type)) + " " + luck.of(COMPARATORS) + " " + scalar(type);
            }
            case 3 -> {
                String type = luck.of("S", "N", "B");
                yield operand(ordered(type)) + " BETWEEN " + scalar(type) + " AND " + scalar(type);
            }
            case 4 -> placeholders.value(values.usual(attribute)) + luck.of("=", "<>", "<") + path(attribute);
            case 5 ->
                operand(attribute)
                        + IntStream.range(0, luck.between(1, 3))
                                .mapToObj(_ -> operandBeside(attribute))
                                .collect(Collectors.joining(", ", " IN (", ")"));
            case 6 -> "attribute_exists(" + path(attribute) + ")";
            case 7 -> "attribute_not_exists(" + path(attribute) + ")";
            case 8 -> "attribute_type(" + path(attribute) + ", " + type() + ")";
            case 9 -> "begins_with(" + path(attribute) + ", " + valueOf(luck.of("S", "B")) + ")";
            default -> "contains(" + path(attribute) + ", " + valueOf(luck.of("S", "N", "B")) + ")";
        };
    }

    /** An attribute whose values have an order. */
    private String ordered(String type) {
        return luck.chance(80)
                ? switch (type) {
                    case "S" -> "at0";
                    case "N" -> "at1";
                    default -> "at8";
                }
                : luck.of(attributes);
    }

    private String scalar(String type) {
        return luck.chance(5) ? path(luck.of(attributes)) : valueOf(type);
    }

    private String type() {
        return placeholders.value(Json.object("S", luck.chance(95) ? luck.of(Values.TYPES) : "X"));
    }

    private String operand(String attribute) {
        return luck.chance(12) ? "size(" + path(attribute) + ")" : path(attribute);
    }

    private String operandBeside(String attribute) {
        if (luck.chance(10)) {
            return path(luck.of(attributes));
        }
        return luck.chance(8) ? valueOf("N") : value(attribute);
    }

    String projection(List<String> choices) {
        List<String> chosen = luck.some(choices, luck.between(1, 4));
        return chosen.stream().map(this::path).collect(Collectors.joining(luck.of(", ", ",")));
    }

    /** A key condition that fits the key, mostly. */
    String keyCondition(List<KeyAttribute> hash, List<KeyAttribute> range) {
        var terms = new ArrayList<String>();
        for (KeyAttribute attribute : hash) {
            terms.add(equal(attribute));
        }
        int conditioned = luck.below(range.size() + 1);
        for (int i = 0; i < conditioned; i++) {
            terms.add(i + 1 < conditioned ? equal(range.get(i)) : sortTerm(range.get(i)));
        }
        if (luck.chance(20)) {
            return String.join(" and ", luck.some(terms, terms.size()));
        }
        return String.join(" AND ", terms);
    }

    private String equal(KeyAttribute attribute) {
        String name = placeholders.name(attribute.name());
        String value = placeholders.value(values.key(attribute));
        return luck.chance(95) ? name + " = " + value : value + " = " + name;
    }

    private String sortTerm(KeyAttribute attribute) {
        String name = placeholders.name(attribute.name());
        String value = placeholders.value(values.key(attribute));
        return switch (luck.below(6)) {
            case 0 -> name + " BETWEEN " + value + " AND " + placeholders.value(values.key(attribute));
            case 1 -> "begins_with(" + name + ", " + value + ")";
            case 2 -> luck.chance(90) ? name + " = " + value : name + " <> " + value;
            default -> name + " " + luck.of("<", "<=", ">", ">=") + " " + value;
        };
    }
}
