package io.gramme.differential.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random attribute values and items. There are few keys, so that requests affect the same items. */
final class Values {
    /** Attributes that are not keys. Each has a usual type, so that conditions on it can hold. */
    static final List<String> ATTRIBUTES =
            List.of("at0", "at1", "at2", "at3", "at4", "at5", "at6", "at7", "at8", "at9");

    private static final Map<String, String> USUAL_TYPES = Map.of(
            "at0", "S", "at1", "N", "at2", "SS", "at3", "NS", "at4", "L", "at5", "M", "at7", "BOOL", "at8", "B", "at9",
            "BS");

    static final List<String> TYPES = List.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

    private static final List<String> TEXTS =
            List.of("a", "b", "ab", "abc", "B", "ä", "\uD83D\uDE00", "\uFFFD", "a\uD83D\uDE00b", " ", "1", "N");
    private static final List<String> NUMBERS = List.of(
            "0", "1", "2", "3", "10", "-1", "1.5", "100", "1e2", "1E+2", "-0.25", "0.1", "1.0", "007", "-0", "5");
    private static final List<String> ODD_NUMBERS = List.of(
            "1E125",
            "-9.9999999999999999999999999999999999999E+125",
            "1E-130",
            "12345678901234567890123456789012345678",
            "0.00000000000000000000000000000000000001",
            "1e38",
            "1e37",
            "99999999999999999999999999999999999999",
            "0e125",
            "+5",
            ".5",
            "5.");
    private static final List<String> KEY_TEXTS = List.of("a", "b", "ab", "ä", "\uD83D\uDE00", "\uFFFD");
    private static final List<String> KEY_NUMBERS = List.of("1", "2", "10", "-5", "1.5", "1e1", "0");

    private final Luck luck;

    Values(Luck luck) {
        this.luck = luck;
    }

    /** A value for a key attribute. */
    ObjectNode key(KeyAttribute attribute) {
        return switch (attribute.type()) {
            case "S" -> Json.object("S", luck.of(KEY_TEXTS));
            case "N" -> Json.object("N", luck.of(KEY_NUMBERS));
            default -> Json.object("B", base64(luck.of("a", "b", "ab", "\u0001", "ÿ")));
        };
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** The key of an item. */
    ObjectNode key(TableModel table) {
        ObjectNode key = Json.object();
        table.key().forEach(attribute -> key.set(attribute.name(), key(attribute)));
        return key;
    }

    ObjectNode item(TableModel table) {
        ObjectNode item = key(table);
        for (KeyAttribute attribute : table.keyAttributes()) {
            if (!item.has(attribute.name()) && luck.chance(75)) {
                item.set(attribute.name(), luck.chance(99) ? key(attribute) : any(1));
            }
        }
        for (String name : luck.some(ATTRIBUTES, luck.below(7))) {
            item.set(name, usual(name));
        }
        if (luck.chance(2)) {
            item.set("at6", Json.object("S", "x".repeat(luck.between(1, 5000))));
        }
        return item;
    }

    /** A value of the attribute's usual type. */
    ObjectNode usual(String attribute) {
        String type = USUAL_TYPES.get(attribute);
        return type == null || luck.chance(12) ? any(2) : ofType(type, 2);
    }

    ObjectNode any(int depth) {
        return ofType(luck.of(depth > 0 ? TYPES : TYPES.subList(0, 8)), depth);
    }

    String number() {
        return luck.of(luck.chance(92) ? NUMBERS : ODD_NUMBERS);
    }

    String text() {
        return luck.chance(4) ? "" : luck.of(TEXTS);
    }

    ObjectNode ofType(String type, int depth) {
        return switch (type) {
            case "S" -> Json.object("S", text());
            case "N" -> Json.object("N", number());
            case "B" -> Json.object("B", base64(text()));
            case "BOOL" -> Json.object().put("BOOL", luck.chance(50));
            case "NULL" -> Json.object().put("NULL", true);
            case "SS" -> set("SS", luck.some(TEXTS, luck.between(1, 4)));
            case "NS" -> set("NS", luck.some(List.of("1", "2", "3", "1e1", "1.50", "-1", "1000"), luck.between(1, 4)));
            case "BS" ->
                set(
                        "BS",
                        luck.some(TEXTS, luck.between(1, 3)).stream()
                                .map(Values::base64)
                                .toList());
            case "L" -> list(depth);
            default -> map(depth);
        };
    }

    private static ObjectNode set(String type, List<String> members) {
        ArrayNode set = Json.array();
        members.forEach(set::add);
        return Json.object(type, set);
    }

    private ObjectNode list(int depth) {
        ArrayNode list = Json.array();
        int size = luck.below(4);
        for (int i = 0; i < size; i++) {
            list.add(any(depth - 1));
        }
        return Json.object("L", list);
    }

    private ObjectNode map(int depth) {
        ObjectNode map = Json.object();
        for (String name : luck.some(List.of("x", "y", "z"), luck.below(4))) {
            map.set(name, any(depth - 1));
        }
        return Json.object("M", map);
    }
}
