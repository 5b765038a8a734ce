package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.b;
import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.map;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.numbers;
import static io.gramme.core.expression.Samples.s;
import static io.gramme.core.expression.Samples.strings;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Random conditions that are never refused, each said twice: as a text, and as a predicate that owes nothing to the code
 * under test.
 */
final class Spoken {
    record Condition(String text, Predicate<Item> meaning) {}

    private record Operand(String text, Function<Item, Optional<Value>> meaning) {}

    private static final List<String> ROOTS = List.of("a", "b", "#c", "d", "e");

    /** Few, and close to each other, so that random ones are often equal or parts of each other. */
    private static final List<Value> SCALARS = List.of(
            s(""),
            s("x"),
            s("xy"),
            s("\uff5e"),
            s("\ud83d\ude00"),
            n("-1"),
            n("0"),
            n("1"),
            n("1.0e0"),
            n("2"),
            n("10"),
            b(),
            b(1),
            b(1, 0x80),
            b(0x80));

    private static final List<Value> OTHERS = List.of(
            Value.Bool.TRUE,
            Value.Bool.FALSE,
            Value.Null.NULL,
            strings("x", "xy"),
            numbers("1", "2"),
            Samples.binaries(1),
            list(),
            list(s("x"), n("1")),
            map("a", n("1")),
            map());

    private final RandomGenerator random;
    private final Placeholders placeholders;
    private final List<Value> literals = new ArrayList<>();

    Spoken(RandomGenerator random) {
        this.random = random;
        var values = new HashMap<String, Value>();
        for (int i = 0; i < 8; i++) {
            literals.add(i < 5 ? one(SCALARS) : one(OTHERS));
            values.put(":v" + i, literals.get(i));
        }
        for (Value.Type type : Value.Type.values()) {
            values.put(":" + type, s(type.name()));
        }
        this.placeholders = new Placeholders(Optional.of(Map.of("#c", "c c")), Optional.of(values));
    }

    Placeholders placeholders() {
        return placeholders;
    }

    Item item() {
        var attributes = new HashMap<String, Value>();
        for (String root : ROOTS) {
            if (random.nextInt(4) > 0) {
                attributes.put(root.equals("#c") ? "c c" : root, value(2));
            }
        }
        return Item.of(attributes);
    }

    private Value value(int depth) {
        int kind = random.nextInt(10);
        if (depth > 0 && kind == 0) {
            return list(value(depth - 1), value(depth - 1));
        }
        if (depth > 0 && kind <= 2) {
            return map("a", value(depth - 1), "b", value(depth - 1));
        }
        return kind < 8 ? one(SCALARS) : one(OTHERS);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Condition condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 7)) {
            case 0 -> equality();
            case 1 -> order();
            case 2 -> between();
            case 3 -> in();
            case 4 -> existence();
            case 5 -> beginsWith();
            case 6 -> random.nextBoolean() ? contains() : type();
            case 7, 8 -> joined(" AND ", depth, (left, right) -> left && right);
            case 9, 10 -> joined(" or ", depth, (left, right) -> left || right);
            default -> negated(condition(depth - 1));
        };
    }

    /** Always in parentheses, but for a part that has none to lose: precedence has a test of its own. */
    private Condition joined(String operator, int depth, BiPredicate<Boolean, Boolean> meaning) {
        Condition left = condition(depth - 1);
        Condition right = condition(depth - 1);
        return new Condition(
                "(" + left.text() + operator + right.text() + ")",
                item -> meaning.test(left.meaning().test(item), right.meaning().test(item)));
    }

    private static Condition negated(Condition inner) {
        return new Condition("NOT " + inner.text(), inner.meaning().negate());
    }

    private Condition equality() {
        Operand left = operand();
        Operand right = otherThan(left);
        boolean equal = random.nextBoolean();
        return new Condition(
                left.text() + (equal ? " = " : "<>") + right.text(), item -> equal == areEqual(left, right, item));
    }

    private static boolean areEqual(Operand left, Operand right, Item item) {
        Optional<Value> a = left.meaning().apply(item);
        return a.isPresent() && a.equals(right.meaning().apply(item));
    }

    private Condition order() {
        Operand left = comparable();
        Operand right = comparable();
        if (left.text().equals(right.text())) {
            return order();
        }
        return switch (random.nextInt(4)) {
            case 0 -> new Condition(left.text() + "<" + right.text(), item -> isLess(left, right, item));
            case 1 -> new Condition(left.text() + " > " + right.text(), item -> isLess(right, left, item));
            case 2 -> new Condition(left.text() + " <=" + right.text(), item -> isAtMost(left, right, item));
            default -> new Condition(left.text() + ">= " + right.text(), item -> isAtMost(right, left, item));
        };
    }

    private static boolean isAtMost(Operand left, Operand right, Item item) {
        return isLess(left, right, item) || (areEqual(left, right, item) && isLessOrMore(left, item));
    }

    /** Whether the operand has a type that has an order. */
    private static boolean isLessOrMore(Operand operand, Item item) {
        return operand.meaning().apply(item).filter(Spoken::isComparable).isPresent();
    }

    private static boolean isComparable(Value value) {
        return value instanceof Value.S || value instanceof Value.N || value instanceof Value.B;
    }

    private static boolean isLess(Operand left, Operand right, Item item) {
        Value a = left.meaning().apply(item).orElse(Value.Null.NULL);
        Value b = right.meaning().apply(item).orElse(Value.Null.NULL);
        if (a instanceof Value.N(var x) && b instanceof Value.N(var y)) {
            return x.toBigDecimal().subtract(y.toBigDecimal()).signum() < 0;
        }
        boolean alike =
                (a instanceof Value.S && b instanceof Value.S) || (a instanceof Value.B && b instanceof Value.B);
        return alike && Arrays.compareUnsigned(bytes(a), bytes(b)) < 0;
    }

    private static byte[] bytes(Value value) {
        return switch (value) {
            case Value.S(var text) -> text.getBytes(UTF_8);
            case Value.B(var content) -> content.toArray();
            default -> throw new IllegalArgumentException("type=" + value.type());
        };
    }

    private Condition between() {
        Operand operand = path();
        Operand low = comparable();
        Operand high = comparable();
        boolean literals = low.text().startsWith(":") && high.text().startsWith(":");
        boolean inverted = literals && !isAtMost(low, high, Item.EMPTY);
        if (inverted || operand.text().equals(low.text()) || operand.text().equals(high.text())) {
            return between();
        }
        return new Condition(
                operand.text() + " BETWEEN " + low.text() + " AND " + high.text(),
                item -> isAtMost(low, operand, item) && isAtMost(operand, high, item));
    }

    private Condition in() {
        Operand operand = operand();
        var candidates = new ArrayList<Operand>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            candidates.add(otherThan(operand));
        }
        String text = candidates.stream().map(Operand::text).collect(Collectors.joining(", "));
        return new Condition(
                operand.text() + " IN (" + text + ")",
                item -> candidates.stream().anyMatch(candidate -> areEqual(operand, candidate, item)));
    }

    private Condition existence() {
        Operand path = path();
        return random.nextBoolean()
                ? new Condition("attribute_exists(" + path.text() + ")", item -> has(path, item))
                : new Condition("attribute_not_exists (" + path.text() + ")", item -> !has(path, item));
    }

    private static boolean has(Operand path, Item item) {
        return path.meaning().apply(item).isPresent();
    }

    private Condition beginsWith() {
        Operand operand = path();
        Operand prefix = random.nextBoolean() ? path() : literal(v -> v instanceof Value.S || v instanceof Value.B);
        if (operand.text().equals(prefix.text())) {
            return beginsWith();
        }
        return new Condition("begins_with(" + operand.text() + "," + prefix.text() + ")", item -> {
            Value whole = operand.meaning().apply(item).orElse(Value.Null.NULL);
            Value start = prefix.meaning().apply(item).orElse(Value.Null.NULL);
            return whole.type() == start.type()
                    && (whole instanceof Value.S || whole instanceof Value.B)
                    && hex(bytes(whole)).startsWith(hex(bytes(start)));
        });
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Condition contains() {
        Operand operand = operand();
        Operand part = otherThan(operand);
        return new Condition("contains(" + operand.text() + ", " + part.text() + ")", item -> {
            Optional<Value> inner = part.meaning().apply(item);
            return inner.isPresent()
                    && operand.meaning()
                            .apply(item)
                            .filter(whole -> holds(whole, inner.get()))
                            .isPresent();
        });
    }

    private static boolean holds(Value whole, Value inner) {
        return switch (whole) {
            case Value.S(var text) -> inner instanceof Value.S(var part) && text.indexOf(part) >= 0;
            case Value.B(var content) ->
                inner instanceof Value.B(var part)
                        && (part.isEmpty() || hexWords(content.toArray()).contains(hexWords(part.toArray())));
            case Value.SS(var members) -> members.stream().map(Value.S::new).anyMatch(inner::equals);
            case Value.NS(var members) -> members.stream().map(Value.N::new).anyMatch(inner::equals);
            case Value.BS(var members) -> members.stream().map(Value.B::new).anyMatch(inner::equals);
            case Value.L(var elements) -> elements.stream().anyMatch(inner::equals);
            case Value.M _, Value.N _, Value.Bool _, Value.Null _ -> false;
        };
    }

    /** With a sign before each byte, so that a part is found at the beginning of a byte only. */
    private static String hexWords(byte[] bytes) {
        return HexFormat.ofDelimiter("").withPrefix("|").formatHex(bytes);
    }

    private Condition type() {
        Operand operand = operand();
        Value.Type type = one(List.of(Value.Type.values()));
        return new Condition(
                "attribute_type(" + operand.text() + ",:" + type + ")",
                item -> operand.meaning().apply(item).stream().anyMatch(value -> value.type() == type));
    }

    private Operand operand() {
        return switch (random.nextInt(5)) {
            case 0, 1, 2 -> path();
            case 3 -> literal(_ -> true);
            default -> size();
        };
    }

    /** For all that refuses to hold a path against itself. */
    private Operand otherThan(Operand first) {
        Operand other = operand();
        return other.text().equals(first.text()) && !first.text().startsWith(":") ? otherThan(first) : other;
    }

    private Operand comparable() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> path();
            case 2 -> size();
            default -> literal(Spoken::isComparable);
        };
    }

    private Operand literal(Predicate<Value> allowed) {
        List<Integer> choices = new ArrayList<>();
        for (int i = 0; i < literals.size(); i++) {
            if (allowed.test(literals.get(i))) {
                choices.add(i);
            }
        }
        if (choices.isEmpty()) {
            return path();
        }
        int choice = one(choices);
        return new Operand(":v" + choice, _ -> Optional.of(literals.get(choice)));
    }

    private Operand size() {
        Operand operand = random.nextInt(4) > 0
                ? path()
                : literal(v -> !(v instanceof Value.N || v instanceof Value.Bool || v instanceof Value.Null));
        return new Operand(
                "size(" + operand.text() + ")",
                item -> operand.meaning().apply(item).flatMap(Spoken::size));
    }

    private static Optional<Value> size(Value value) {
        int size = switch (value) {
            case Value.S(var text) -> text.toCharArray().length;
            case Value.B(var content) -> content.toArray().length;
            case Value.SS(var members) -> members.size();
            case Value.NS(var members) -> members.size();
            case Value.BS(var members) -> members.size();
            case Value.L(var elements) -> elements.size();
            case Value.M(var entries) -> entries.keySet().size();
            case Value.N _, Value.Bool _, Value.Null _ -> -1;
        };
        return size < 0 ? Optional.empty() : Optional.of(new Value.N(Decimal.parse(Integer.toString(size))));
    }

    private Operand path() {
        String root = one(ROOTS);
        String name = root.equals("#c") ? "c c" : root;
        Operand path = new Operand(root, item -> item.get(name));
        for (int steps = random.nextInt(3); steps > 0; steps--) {
            path = random.nextBoolean() ? field(path, one(List.of("a", "b"))) : element(path, random.nextInt(3));
        }
        return path;
    }

    private static Operand field(Operand parent, String name) {
        return new Operand(
                parent.text() + "." + name,
                item -> parent.meaning()
                        .apply(item)
                        .filter(Value.M.class::isInstance)
                        .map(Value.M.class::cast)
                        .filter(m -> m.entries().containsKey(name))
                        .map(m -> m.entries().get(name)));
    }

    private static Operand element(Operand parent, int index) {
        return new Operand(
                parent.text() + "[" + index + "]",
                item -> parent.meaning()
                        .apply(item)
                        .filter(Value.L.class::isInstance)
                        .map(Value.L.class::cast)
                        .filter(l -> l.elements().size() > index)
                        .map(l -> l.elements().get(index)));
    }
}
