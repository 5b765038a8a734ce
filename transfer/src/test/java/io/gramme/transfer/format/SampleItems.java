package io.gramme.transfer.format;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Items with every type and with the edges of each. */
public final class SampleItems {
    private static final String[] TEXTS = {
        "",
        "a",
        "\0",
        "\u0001",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "'",
        "\\",
        "\\u0000",
        "{}",
        "\u007f",
        "\u0085",
        "\u00e9",
        "\u2028",
        "\u20ac",
        "\ufeff",
        "\uffff",
        "\ud83d\ude00",
        "$ion_1_0",
        "$10",
        "null",
        "true",
        "nan",
        "a b",
        "//",
        "/*",
        "::",
        "..."
    };

    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "0.5",
        "103",
        "600",
        "2000",
        "1e-130",
        "-1e-130",
        "9.9999999999999999999999999999999999999e125",
        "-9.9999999999999999999999999999999999999e125",
        "12345678901234567890123456789012345678",
        "1e125",
        "0.00000000000000000000000000000000000001",
        "1234567890123456789.0123456789012345678",
        "1e37",
        "1e38",
        "123e-10"
    };

    private SampleItems() {}

    public static Value number(String text) {
        return new Value.N(Decimal.parse(text));
    }

    /** One item for each edge, and one with all types. */
    public static List<Item> edges() {
        var items = new ArrayList<Item>();
        items.add(Item.EMPTY);
        for (String text : TEXTS) {
            items.add(Item.of("text", new Value.S(text)));
            items.add(Item.of("name" + text, Value.Bool.TRUE));
            items.add(Item.of("set", new Value.SS(List.of(text, "other"))));
        }
        for (String name : TEXTS) {
            if (!name.isEmpty()) {
                items.add(Item.of(name, new Value.M(Map.of(name, Value.Null.NULL))));
            }
        }
        for (String number : NUMBERS) {
            items.add(Item.of("number", number(number)));
        }
        items.add(everyType());
        items.add(Item.of("deep", nested(ItemSize.MAX_DEPTH)));
        items.add(largest());
        return items;
    }

    public static Item everyType() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        var all = new LinkedHashMap<String, Value>();
        all.put("S", new Value.S("text"));
        all.put("N", number("12.50"));
        all.put("B", new Value.B(Bytes.wrap(bytes)));
        all.put("no bytes", new Value.B(Bytes.EMPTY));
        all.put("SS", new Value.SS(List.of("b", "a")));
        all.put("NS", new Value.NS(List.of(Decimal.parse("2"), Decimal.parse("1e-130"))));
        all.put("BS", new Value.BS(List.of(Bytes.of(255), Bytes.EMPTY)));
        all.put("BOOL", Value.Bool.FALSE);
        all.put("NULL", Value.Null.NULL);
        all.put("L", new Value.L(List.copyOf(all.values())));
        all.put("M", new Value.M(all));
        all.put("empty list", new Value.L(List.of()));
        all.put("empty map", new Value.M(Map.of()));
        return Item.of(all);
    }

    /** A value of so many levels. */
    public static Value nested(int levels) {
        Value value = new Value.S("bottom");
        for (int i = 1; i < levels; i++) {
            value = i % 2 == 0 ? new Value.L(List.of(value)) : new Value.M(Map.of("m", value));
        }
        return value;
    }

    /** Exactly 400 KB. */
    public static Item largest() {
        return Item.of("k", new Value.S("\0".repeat(ItemSize.MAX_ITEM - 1)));
    }

    public static List<Item> random(long seed, int count) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var items = new ArrayList<Item>();
        for (int i = 0; i < count; i++) {
            items.add(item(random, 3));
        }
        return items;
    }

    private static Item item(RandomGenerator random, int depth) {
        var attributes = new LinkedHashMap<String, Value>();
        for (int i = random.nextInt(6); i > 0; i--) {
            attributes.put("k" + text(random), value(random, depth));
        }
        return Item.of(attributes);
    }

    private static String text(RandomGenerator random) {
        return TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
    }

    private static Value value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> new Value.S(text(random));
            case 1 -> number(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> new Value.B(Bytes.utf8(text(random)));
            case 3 -> Value.Bool.of(random.nextBoolean());
            case 4 -> Value.Null.NULL;
            case 5 -> new Value.SS(List.copyOf(new LinkedHashSet<>(List.of(text(random), text(random) + "x"))));
            case 6 -> new Value.NS(List.of(Decimal.of(random.nextInt()), Decimal.parse("0.125")));
            case 7 -> new Value.BS(List.of(Bytes.utf8(text(random)), Bytes.utf8(text(random) + "more")));
            case 8 -> {
                var elements = new ArrayList<Value>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(random, depth - 1));
                }
                yield new Value.L(elements);
            }
            default -> new Value.M(item(random, depth - 1).attributes());
        };
    }
}
