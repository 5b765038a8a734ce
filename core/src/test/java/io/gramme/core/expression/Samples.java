package io.gramme.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Values, items and placeholders in few letters, and what must become of a refused request. */
public final class Samples {
    /** For every alias of this name there is a value, whether an expression uses it or not. */
    public static final Map<String, Value> VALUES = Map.ofEntries(
            Map.entry(":s", s("a")),
            Map.entry(":s2", s("b")),
            Map.entry(":n", n("1")),
            Map.entry(":n2", n("2")),
            Map.entry(":b", b(0)),
            Map.entry(":b2", b(1)),
            Map.entry(":t", Value.Bool.TRUE),
            Map.entry(":z", Value.Null.NULL),
            Map.entry(":l", list(n("9"))),
            Map.entry(":m", map("k", s("v"))),
            Map.entry(":ss", strings("a")),
            Map.entry(":ns", numbers("1")),
            Map.entry(":bs", binaries(0)));

    public static final Map<String, String> NAMES = Map.of("#n", "n", "#name", "name", "#dotted", "a.b", "#l", "l");

    private Samples() {}

    public static Placeholders placeholders() {
        return new Placeholders(Optional.of(NAMES), Optional.of(VALUES));
    }

    public static Value s(String text) {
        return new Value.S(text);
    }

    public static Value n(String text) {
        return new Value.N(Decimal.parse(text));
    }

    public static Value b(int... bytes) {
        return new Value.B(bytes(bytes));
    }

    public static Value strings(String... members) {
        return new Value.SS(List.of(members));
    }

    public static Value numbers(String... members) {
        return new Value.NS(Stream.of(members).map(Decimal::parse).toList());
    }

    /** Each member is one byte. */
    public static Value binaries(int... members) {
        return new Value.BS(Arrays.stream(members).mapToObj(Bytes::of).toList());
    }

    public static Value list(Value... elements) {
        return new Value.L(List.of(elements));
    }

    /** @param namesAndValues a name, its value, and so on */
    public static Value map(Object... namesAndValues) {
        return new Value.M(attributes(namesAndValues));
    }

    public static Item item(Object... namesAndValues) {
        return Item.of(attributes(namesAndValues));
    }

    private static Map<String, Value> attributes(Object... namesAndValues) {
        var attributes = new LinkedHashMap<String, Value>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return attributes;
    }

    private static Bytes bytes(int... bytes) {
        Bytes joined = Bytes.EMPTY;
        for (int single : bytes) {
            joined = joined.plus(Bytes.of(single));
        }
        return joined;
    }

    /** One with an attribute of each type, and with lists and maps in each other. */
    public static Item everything() {
        return item(
                "n", n("5"),
                "s", s("str"),
                "b", b(1, 2, 3),
                "t", Value.Bool.TRUE,
                "z", Value.Null.NULL,
                "ss", strings("a", "b"),
                "ns", numbers("1", "2"),
                "bs", binaries(0),
                "l", list(n("0"), n("1"), n("2"), map("x", n("1"), "y", n("2"))),
                "m", map("a", n("1"), "b", map("c", n("3")), "e", s("")));
    }

    /** In the order of their names, so that it can be told what a failure was about. */
    public static Map<String, Value> sorted(Item item) {
        return new TreeMap<>(item.attributes());
    }

    /** Runs what must be refused as invalid, and answers with which words. */
    public static String refusal(Runnable request) {
        ApiException refused = catchThrowableOfType(ApiException.class, request::run);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION);
        return refused.text();
    }
}
