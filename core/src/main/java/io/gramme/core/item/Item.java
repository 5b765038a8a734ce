package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map from attribute names to attribute values. Immutable; equal when the attributes are equal, in any order.
 *
 * <p>An item read from storage stays in its stored form until an attribute is asked for: most are only measured and
 * written to an answer, for which {@link #visitStored} makes no values of them, or compared with an item that replaces
 * them, which {@link #equals} does by their bytes.
 */
public final class Item {
    public static final Item EMPTY = new Item(Map.of());

    /** Empty if the item was never stored. */
    private final Bytes stored;

    /** Where the attributes begin in the stored form. */
    private final int attributesAt;

    /**
     * Null until first use. Two threads may both compute it, with the same result: the map is reached through a final
     * field of its wrapper, so that a thread that sees the wrapper sees the whole map.
     */
    private @Nullable Map<String, Value> attributes;

    /** -1 until first use. Two threads may both compute it, with the same result. */
    private int size = -1;

    private Item(Map<String, Value> attributes) {
        this.stored = Bytes.EMPTY;
        this.attributesAt = 0;
        this.attributes = attributes;
    }

    private Item(Bytes stored, int attributesAt) {
        this.stored = stored;
        this.attributesAt = attributesAt;
    }

    public static Item of(Map<String, Value> attributes) {
        return wrap(new LinkedHashMap<>(attributes));
    }

    /** Takes ownership of {@code attributes} without a copy: the caller must never change them again. */
    public static Item wrap(Map<String, Value> attributes) {
        return new Item(Collections.unmodifiableMap(attributes));
    }

    /** An item as {@link ItemCodec} encoded it. Bytes that are no item fail when they are first read. */
    public static Item stored(Bytes code) {
        return stored(code, ItemCodec.ATTRIBUTES);
    }

    /** The same, where the attributes begin at {@code attributesAt}. */
    static Item stored(Bytes code, int attributesAt) {
        return new Item(code, attributesAt);
    }

    public static Item of(String name, Value value) {
        return new Item(Map.of(name, value));
    }

    public Optional<Value> get(String name) {
        return Optional.ofNullable(attributes().get(name));
    }

    public boolean has(String name) {
        return attributes().containsKey(name);
    }

    /** All attributes, in the order they were given in. */
    public Map<String, Value> attributes() {
        Map<String, Value> known = attributes;
        if (known == null) {
            known = Collections.unmodifiableMap(ItemCodec.attributes(stored, attributesAt));
            attributes = known;
        }
        return known;
    }

    /**
     * Passes all attributes to the visitor, if the item is in its stored form; otherwise does nothing and returns
     * false.
     */
    public boolean visitStored(ItemVisitor visitor) {
        if (stored.isEmpty()) {
            return false;
        }
        StoredWalk.over(stored, attributesAt, visitor);
        return true;
    }

    /** See {@link ItemSize#of(Item)}. */
    int size() {
        int known = size;
        if (known < 0) {
            known = ItemSize.measured(this);
            size = known;
        }
        return known;
    }

    public boolean isEmpty() {
        return attributes().isEmpty();
    }

    /** The existing attributes among these names. */
    public Item only(Collection<String> names) {
        var kept = new LinkedHashMap<String, Value>();
        for (String name : names) {
            Value value = attributes().get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return wrap(kept);
    }

    /** This item with all attributes of {@code other}, which replace those of the same name. */
    public Item with(Item other) {
        var joined = new LinkedHashMap<>(attributes());
        joined.putAll(other.attributes());
        return wrap(joined);
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Item that)) {
            return false;
        }
        if (that.attributes == null && attributes != null) {
            return StoredMatch.of(attributes, that.stored, that.attributesAt);
        }
        return attributes == null
                ? StoredMatch.of(that.attributes(), stored, attributesAt)
                : attributes.equals(that.attributes());
    }

    @Override
    public int hashCode() {
        return attributes().hashCode();
    }

    @Override
    public String toString() {
        return attributes().toString();
    }
}
