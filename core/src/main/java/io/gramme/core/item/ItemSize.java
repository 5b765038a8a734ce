package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import java.util.List;
import java.util.Map;

/** Computes sizes in bytes by the service's rules, for the 400 KB limit, capacity units and page limits. */
public final class ItemSize {
    /** The largest item, names included. */
    public static final int MAX_ITEM = 409_600;

    /** The deepest nesting, an attribute's own value being level 1. */
    public static final int MAX_DEPTH = 32;

    static final int CONTAINER = 3;
    static final int ELEMENT = 1;

    private ItemSize() {}

    /** The item keeps it, because a write asks for it several times. */
    public static int of(Item item) {
        return item.size();
    }

    static int measured(Item item) {
        var stored = new StoredSize();
        return item.visitStored(stored) ? stored.size() : names(item.attributes());
    }

    public static int of(Value value) {
        return switch (value) {
            case Value.S(String text) -> Utf8.length(text);
            case Value.N(Decimal number) -> number.size();
            case Value.B(Bytes bytes) -> bytes.length();
            case Value.Bool _, Value.Null _ -> 1;
            case Value.SS(List<String> members) ->
                members.stream().mapToInt(Utf8::length).sum();
            case Value.NS(List<Decimal> members) ->
                members.stream().mapToInt(Decimal::size).sum();
            case Value.BS(List<Bytes> members) ->
                members.stream().mapToInt(Bytes::length).sum();
            case Value.L(List<Value> elements) ->
                CONTAINER + elements.stream().mapToInt(e -> ELEMENT + of(e)).sum();
            case Value.M(Map<String, Value> entries) -> CONTAINER + ELEMENT * entries.size() + names(entries);
        };
    }

    private static int names(Map<String, Value> entries) {
        int size = 0;
        for (var entry : entries.entrySet()) {
            size += Utf8.length(entry.getKey()) + of(entry.getValue());
        }
        return size;
    }

    /** The number of levels of the value: 1 for a scalar or a set. */
    public static int depth(Value value) {
        return switch (value) {
            case Value.L(List<Value> elements) ->
                1 + elements.stream().mapToInt(ItemSize::depth).max().orElse(0);
            case Value.M(Map<String, Value> entries) ->
                1 + entries.values().stream().mapToInt(ItemSize::depth).max().orElse(0);
            case Value.S _, Value.N _, Value.B _, Value.Bool _, Value.Null _, Value.SS _, Value.NS _, Value.BS _ -> 1;
        };
    }
}
