package io.gramme.tables.catalog;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * The named fields of a catalog row. Times have millisecond precision, which is what the service shows. A missing field
 * that is read as a required one is an error in the catalog.
 */
public final class Fields {
    private final Map<String, Value> values;

    public Fields() {
        this(new LinkedHashMap<>());
    }

    private Fields(Map<String, Value> values) {
        this.values = values;
    }

    public static Fields of(Item item) {
        return new Fields(item.attributes());
    }

    public Item toItem() {
        return Item.of(values);
    }

    public Fields put(String name, String text) {
        return set(name, new Value.S(text));
    }

    public Fields put(String name, long number) {
        return set(name, number(number));
    }

    public Fields put(String name, boolean flag) {
        return set(name, Value.Bool.of(flag));
    }

    public Fields put(String name, Instant time) {
        return set(name, number(time.toEpochMilli()));
    }

    public Fields put(String name, Fields inner) {
        return set(name, new Value.M(inner.values));
    }

    public Fields put(String name, Value value) {
        return set(name, value);
    }

    public Fields put(String name, OptionalLong number) {
        number.ifPresent(present -> put(name, present));
        return this;
    }

    public Fields putAll(String name, List<Fields> inner) {
        return set(
                name,
                new Value.L(inner.stream()
                        .map(one -> (Value) new Value.M(one.values))
                        .toList()));
    }

    public Fields putTexts(String name, List<String> texts) {
        return set(
                name,
                new Value.L(texts.stream().map(one -> (Value) new Value.S(one)).toList()));
    }

    public Fields putTimes(String name, List<Instant> times) {
        return set(
                name,
                new Value.L(
                        times.stream().map(one -> number(one.toEpochMilli())).toList()));
    }

    private Fields set(String name, Value value) {
        values.put(name, value);
        return this;
    }

    private static Value number(long number) {
        return new Value.N(Decimal.of(number));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public String text(String name) {
        return text(name, value(name));
    }

    private static String text(String name, Value value) {
        if (value instanceof Value.S(String text)) {
            return text;
        }
        throw wrong(name);
    }

    public long number(String name) {
        return number(name, value(name));
    }

    public boolean flag(String name) {
        if (value(name) instanceof Value.Bool(boolean flag)) {
            return flag;
        }
        throw wrong(name);
    }

    public Bytes bytes(String name) {
        if (value(name) instanceof Value.B(Bytes bytes)) {
            return bytes;
        }
        throw wrong(name);
    }

    public Instant time(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    public Fields inner(String name) {
        return inner(name, value(name));
    }

    public OptionalLong optionalNumber(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    /** The value that {@code read} returns for the name, if there is such a field. */
    public <T> Optional<T> optional(String name, BiFunction<Fields, String, T> read) {
        return has(name) ? Optional.of(read.apply(this, name)) : Optional.empty();
    }

    public List<Fields> all(String name) {
        return list(name).stream().map(value -> inner(name, value)).toList();
    }

    public List<String> texts(String name) {
        return list(name).stream().map(value -> text(name, value)).toList();
    }

    public List<Instant> times(String name) {
        return list(name).stream()
                .map(value -> Instant.ofEpochMilli(number(name, value)))
                .toList();
    }

    /** The fields as a map, for rows whose field names are data. */
    public Map<String, Value> values() {
        return values;
    }

    private List<Value> list(String name) {
        if (value(name) instanceof Value.L(List<Value> elements)) {
            return elements;
        }
        throw wrong(name);
    }

    private static long number(String name, Value value) {
        if (value instanceof Value.N(Decimal number)) {
            return number.toBigDecimal().longValueExact();
        }
        throw wrong(name);
    }

    private static Fields inner(String name, Value value) {
        if (value instanceof Value.M(Map<String, Value> entries)) {
            return new Fields(entries);
        }
        throw wrong(name);
    }

    private Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw wrong(name);
        }
        return value;
    }

    private static IllegalStateException wrong(String name) {
        return new IllegalStateException("catalog field is missing or has the wrong type: name=" + name);
    }
}
