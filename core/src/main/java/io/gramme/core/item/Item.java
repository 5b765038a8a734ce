package io.gramme.core.item;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Named attribute values. Immutable; equal when the attributes are equal, whatever their order.
 *
 * <p>A class and not a record, so that an item read from storage can later stay in its stored form until an attribute
 * is asked for.
 */
public final class Item {
    public static final Item EMPTY = new Item(Map.of());

    private final Map<String, Value> attributes;

    private Item(Map<String, Value> attributes) {
        this.attributes = attributes;
    }

    public static Item of(Map<String, Value> attributes) {
        return new Item(Collections.unmodifiableMap(new LinkedHashMap<>(attributes)));
    }

    public static Item of(String name, Value value) {
        return new Item(Map.of(name, value));
    }

    public Optional<Value> get(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** All attributes, in the order they were given in. */
    public Map<String, Value> attributes() {
        return attributes;
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** The attributes of these names that are there. */
    public Item only(Collection<String> names) {
        var kept = new LinkedHashMap<String, Value>();
        for (String name : names) {
            Value value = attributes.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new Item(Collections.unmodifiableMap(kept));
    }

    /** This item with every attribute of {@code other} put over it. */
    public Item with(Item other) {
        var joined = new LinkedHashMap<>(attributes);
        joined.putAll(other.attributes);
        return new Item(Collections.unmodifiableMap(joined));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item that && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
