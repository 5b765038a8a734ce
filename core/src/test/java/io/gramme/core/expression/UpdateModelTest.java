package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.item;
import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.map;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.numbers;
import static io.gramme.core.expression.Samples.s;
import static io.gramme.core.expression.Samples.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random updates against a model that changes a mutable document step by step. A removed element is replaced by a stone
 * that is only taken away at the end, and what is appended is so in the order of its index: so the steps may come in any
 * order, and all indexes mean the list as it was.
 */
class UpdateModelTest {
    private static final Item BEFORE = item(
            "n", n("5"),
            "s", s("str"),
            "tags", strings("a", "b"),
            "l", list(n("0"), n("1"), map("x", n("1"), "deep", list(s("p"), s("q"), s("r"))), n("3"), n("4")),
            "m", map("a", n("1"), "b", map("c", n("3")), "tags", numbers("1", "2")));

    private static final Map<String, Value> VALUES = Map.of(
            ":s",
            s("v"),
            ":n",
            n("0.5"),
            ":l",
            list(n("9")),
            ":a",
            strings("a"),
            ":ab",
            strings("a", "b"),
            ":c",
            strings("c"),
            ":one",
            numbers("1"));

    /** No two of them lead through each other; every one can be set. */
    private static final List<String> TARGETS = List.of(
            "n",
            "s",
            "fresh",
            "l[0]",
            "l[1]",
            "l[2].x",
            "l[2].deep[0]",
            "l[2].deep[2]",
            "l[2].deep[5]",
            "l[3]",
            "l[4]",
            "l[5]",
            "l[8]",
            "l[99]",
            "m.a",
            "m.b.c",
            "m.b.d",
            "m.fresh");

    private static final List<String> SOURCES = List.of(
            ":s",
            "n",
            "l[1]",
            "l[2]",
            "m.b",
            "n + :n",
            "l[4] - m.a",
            "if_not_exists(fresh, :n)",
            "if_not_exists(m.a, :s)",
            "list_append(l, :l)",
            "list_append(:l, l[2].deep)",
            "if_not_exists(nowhere, m.a) + n");

    private static final Object STONE = new Object();

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anUpdateDoesWhatItSays(long seed) {
        var random = new Random(seed);
        var targets = new ArrayList<>(TARGETS);
        Collections.shuffle(targets, random);
        var set = new TreeMap<String, String>();
        var removed = new ArrayList<String>();
        for (String target : targets.subList(0, 1 + random.nextInt(8))) {
            if (random.nextInt(3) > 0) {
                set.put(target, SOURCES.get(random.nextInt(SOURCES.size())));
            } else {
                removed.add(target);
            }
        }
        String text = text(set, removed);
        var placeholders = new Placeholders(Optional.empty(), Optional.of(VALUES));

        Item after = Expressions.update(text, placeholders).apply(BEFORE).item();

        assertThat(after).as(text).isEqualTo(model(set, removed));
    }

    private static String text(Map<String, String> set, List<String> removed) {
        String assignments = set.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
        return (set.isEmpty() ? "" : "SET " + assignments)
                + (removed.isEmpty() ? "" : " REMOVE " + String.join(", ", removed));
    }

    private static Item model(Map<String, String> set, List<String> removed) {
        var document = new LinkedHashMap<String, Object>();
        BEFORE.attributes().forEach((name, value) -> document.put(name, thawed(value)));
        set.entrySet().stream()
                .sorted(Comparator.comparingInt(assignment -> lastIndex(assignment.getKey())))
                .forEach(assignment -> put(document, assignment.getKey(), thawed(source(assignment.getValue()))));
        removed.forEach(target -> remove(document, target));
        var attributes = new LinkedHashMap<String, Value>();
        document.forEach((name, value) -> attributes.put(name, frozen(value)));
        return Item.of(attributes);
    }

    /** What each of {@link #SOURCES} is, written out. */
    private static Value source(String source) {
        return switch (source) {
            case ":s" -> s("v");
            case "n" -> n("5");
            case "l[1]" -> n("1");
            case "l[2]" -> map("x", n("1"), "deep", list(s("p"), s("q"), s("r")));
            case "m.b" -> map("c", n("3"));
            case "n + :n" -> n("5.5");
            case "l[4] - m.a" -> n("3");
            case "if_not_exists(fresh, :n)" -> n("0.5");
            case "if_not_exists(m.a, :s)" -> n("1");
            case "list_append(l, :l)" -> list(n("0"), n("1"), source("l[2]"), n("3"), n("4"), n("9"));
            case "list_append(:l, l[2].deep)" -> list(n("9"), s("p"), s("q"), s("r"));
            case "if_not_exists(nowhere, m.a) + n" -> n("6");
            default -> throw new IllegalArgumentException(source);
        };
    }

    private static int lastIndex(String target) {
        int open = target.lastIndexOf('[');
        return open < 0 || !target.endsWith("]")
                ? 0
                : Integer.parseInt(target.substring(open + 1, target.length() - 1));
    }

    private static Object thawed(Value value) {
        return switch (value) {
            case Value.L(var elements) ->
                elements.stream().map(UpdateModelTest::thawed).collect(Collectors.toCollection(ArrayList::new));
            case Value.M(var entries) -> {
                var thawed = new LinkedHashMap<String, Object>();
                entries.forEach((name, entry) -> thawed.put(name, thawed(entry)));
                yield thawed;
            }
            default -> value;
        };
    }

    private static Value frozen(Object value) {
        if (value instanceof List<?> elements) {
            return new Value.L(elements.stream()
                    .filter(element -> !element.equals(STONE))
                    .map(UpdateModelTest::frozen)
                    .toList());
        }
        if (value instanceof Map<?, ?> entries) {
            var frozen = new LinkedHashMap<String, Value>();
            entries.forEach((name, entry) -> frozen.put((String) name, frozen(entry)));
            return new Value.M(frozen);
        }
        return (Value) value;
    }

    private static void put(Map<String, Object> document, String target, Object value) {
        Object parent = parent(document, target);
        if (parent instanceof List<?>) {
            List<Object> list = cast(parent);
            int index = lastIndex(target);
            if (index < list.size()) {
                list.set(index, value);
            } else {
                list.add(value);
            }
        } else {
            UpdateModelTest.<Map<String, Object>>cast(parent).put(lastName(target), value);
        }
    }

    private static void remove(Map<String, Object> document, String target) {
        Object parent = parent(document, target);
        if (parent instanceof List<?> list) {
            if (lastIndex(target) < original(target)) {
                UpdateModelTest.<List<Object>>cast(list).set(lastIndex(target), STONE);
            }
        } else {
            UpdateModelTest.<Map<String, Object>>cast(parent).remove(lastName(target));
        }
    }

    /** How long the list was that the target is in. */
    private static int original(String target) {
        return target.startsWith("l[2].deep") ? 3 : 5;
    }

    private static Object parent(Map<String, Object> document, String target) {
        Map<String, Object> m = cast(document.getOrDefault("m", STONE));
        List<Object> l = cast(document.getOrDefault("l", STONE));
        if (target.startsWith("m.b.")) {
            return m.getOrDefault("b", STONE);
        }
        if (target.startsWith("m.")) {
            return m;
        }
        if (target.startsWith("l[2].")) {
            Map<String, Object> third = cast(l.get(2));
            return target.startsWith("l[2].deep") ? third.getOrDefault("deep", STONE) : third;
        }
        return target.startsWith("l[") ? l : document;
    }

    private static String lastName(String target) {
        return target.substring(target.lastIndexOf('.') + 1);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
