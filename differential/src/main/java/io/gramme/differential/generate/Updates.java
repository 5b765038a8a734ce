package io.gramme.differential.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Random update expressions. */
final class Updates {
    private final Luck luck;
    private final Values values;
    private final Placeholders placeholders;
    private final Expressions expressions;

    Updates(Luck luck, Values values, Placeholders placeholders, Expressions expressions) {
        this.luck = luck;
        this.values = values;
        this.placeholders = placeholders;
        this.expressions = expressions;
    }

    /** @param attributes the attributes to update, each mostly once */
    String update(List<String> attributes) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> chosen = new ArrayList<>(luck.some(attributes, luck.between(1, 4)));
        if (luck.chance(4)) {
            chosen.add(chosen.getFirst());
        }
        for (String attribute : chosen) {
            String section = luck.of("SET", "SET", "SET", "REMOVE", "ADD", "DELETE");
            sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(action(section, attribute));
        }
        var parts = new ArrayList<String>();
        sections.forEach((section, actions) -> parts.add(section + " " + String.join(", ", actions)));
        return String.join(" ", parts);
    }

    private String action(String section, String attribute) {
        return switch (section) {
            case "SET" -> expressions.path(attribute) + " = " + assigned(attribute);
            case "REMOVE" -> expressions.path(attribute);
            case "ADD" -> expressions.path(attribute) + " " + placeholders.value(added(attribute));
            default -> expressions.path(attribute) + " " + placeholders.value(deleted(attribute));
        };
    }

    private ObjectNode added(String attribute) {
        return switch (attribute) {
            case "at2", "at3", "at9" -> values.usual(attribute);
            default -> values.ofType(luck.chance(85) ? "N" : luck.of(Values.TYPES), 1);
        };
    }

    private ObjectNode deleted(String attribute) {
        return switch (attribute) {
            case "at2", "at3", "at9" -> values.usual(attribute);
            default -> values.ofType(luck.of("SS", "NS", "BS"), 1);
        };
    }

    private String assigned(String attribute) {
        return switch (luck.below(8)) {
            case 0 -> expressions.path() + luck.of(" + ", " - ", "+") + number();
            case 1 -> number() + luck.of(" + ", " - ") + number();
            case 2 -> "if_not_exists(" + expressions.path() + ", " + value(attribute) + ")";
            case 3 -> "list_append(" + list() + ", " + list() + ")";
            case 4 -> expressions.path();
            case 5 -> "if_not_exists(" + expressions.path("at1") + ", " + number() + ") + " + number();
            default -> value(attribute);
        };
    }

    private String value(String attribute) {
        return placeholders.value(values.usual(attribute));
    }

    private String number() {
        return luck.chance(90) ? placeholders.value(values.ofType("N", 0)) : expressions.path("at1");
    }

    private String list() {
        return switch (luck.below(4)) {
            case 0 -> expressions.path("at4");
            case 1 ->
                "if_not_exists(" + expressions.path("at4") + ", " + placeholders.value(values.ofType("L", 1)) + ")";
            default -> placeholders.value(values.ofType(luck.chance(95) ? "L" : "S", 1));
        };
    }
}
