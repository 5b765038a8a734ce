package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults in attribute values. */
final class ValueFaults {
    private final Luck luck;
    private final Values values;

    ValueFaults(Luck luck, Values values) {
        this.luck = luck;
        this.values = values;
    }

    /** Spoils a value; returns whether the request had one. */
    boolean spoil(ObjectNode body) {
        var found = new ArrayList<ObjectNode>();
        collect(body, found);
        if (found.isEmpty()) {
            return false;
        }
        ObjectNode value = luck.of(found);
        ObjectNode bad = bad();
        if (luck.chance(15)) {
            bad = Json.object("M", Json.object("x", bad));
        }
        if (luck.chance(10)) {
            // A second type beside the existing one.
            bad.propertyStream().forEach(member -> value.set(member.getKey(), member.getValue()));
            return true;
        }
        value.removeAll();
        value.setAll(bad);
        return true;
    }

    private static void collect(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object
                && object.size() == 1
                && Values.TYPES.contains(object.propertyNames().iterator().next())) {
            found.add(object);
        }
        node.forEach(child -> collect(child, found));
    }

    private ObjectNode bad() {
        return switch (luck.below(18)) {
            case 0 ->
                Json.object(
                        "N", luck.of("", "abc", "1 ", " 1", "0x10", "NaN", "Infinity", "1e", "--1", "1_000", "1,5"));
            case 1 -> Json.object("N", luck.of("1E126", "-1e126", "9.99e999999999", "1e2147483648", "0e126"));
            case 2 -> Json.object("N", luck.of("1E-131", "1e-2147483649", "0e-131", "0.0e126"));
            case 3 -> Json.object("N", "123456789012345678901234567890123456789");
            case 4 -> Json.object(luck.of("SS", "NS", "BS"), Json.array());
            case 5 -> strings("SS", "a", "b", "a");
            case 6 -> strings("NS", "1", "1.0");
            case 7 -> strings("BS", "AA==", "/w==", "AA==");
            case 8 -> Json.object().put("NULL", false);
            case 9 -> Json.object();
            case 10 -> Json.object().put("N", 1);
            case 11 -> Json.object().put("BOOL", "true");
            case 12 -> Json.object("B", luck.of("a", "a===", "é", "YQ"));
            case 13 -> strings("NS", "1", "abc");
            case 14 -> strings("SS", "a", "");
            case 15 -> deep(luck.of(30, 31, 32, 33));
            case 16 -> Json.object("X", "a");
            default -> Json.object("S", Json.object("S", "a"));
        };
    }

    private static ObjectNode strings(String type, String... members) {
        ArrayNode set = Json.array();
        List.of(members).forEach(set::add);
        return Json.object(type, set);
    }

    private ObjectNode deep(int levels) {
        ObjectNode value = values.any(0);
        for (int i = 0; i < levels; i++) {
            value = Json.object("L", Json.array().add(value));
        }
        return value;
    }
}
