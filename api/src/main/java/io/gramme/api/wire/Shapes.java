package io.gramme.api.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The factory of shapes, with which a generated record describes its members. */
public final class Shapes {
    private Shapes() {}

    public static Shape<String> text() {
        return TextShape.FREE;
    }

    public static Shape<String> text(Bounds length) {
        return new TextShape(length);
    }

    public static Shape<String> text(String pattern) {
        return new TextShape(Bounds.NONE, pattern);
    }

    public static Shape<String> text(Bounds length, String pattern) {
        return new TextShape(length, pattern);
    }

    /** The name of a table or its ARN. */
    public static Shape<String> tableName(Bounds length) {
        return new TableNameShape(length);
    }

    public static Shape<Integer> integer() {
        return integer(Bounds.NONE);
    }

    public static Shape<Integer> integer(Bounds value) {
        return new IntegerShape(value);
    }

    public static Shape<Long> longInteger() {
        return longInteger(Bounds.NONE);
    }

    public static Shape<Long> longInteger(Bounds value) {
        return new LongShape(value);
    }

    public static Shape<Double> doubleNumber() {
        return new DoubleShape();
    }

    public static Shape<Boolean> flag() {
        return new BooleanShape();
    }

    public static Shape<Instant> timestamp() {
        return new TimestampShape();
    }

    public static Shape<Bytes> blob() {
        return new BlobShape();
    }

    public static <T> Shape<List<T>> list(Shape<T> element) {
        return list(element, Bounds.NONE);
    }

    public static <T> Shape<List<T>> list(Shape<T> element, Bounds length) {
        return new ListShape<>(element, length);
    }

    public static <T> Shape<Map<String, T>> map(Shape<String> key, Shape<T> value) {
        return map(key, value, Bounds.NONE);
    }

    public static <T> Shape<Map<String, T>> map(Shape<String> key, Shape<T> value, Bounds size) {
        return new MapShape<>(key, value, size);
    }

    /** An AttributeValue. */
    public static Shape<Value> value() {
        return new ValueShape();
    }

    /** A map of attribute names to AttributeValues. */
    public static Shape<Item> item() {
        return new ItemShape();
    }
}
