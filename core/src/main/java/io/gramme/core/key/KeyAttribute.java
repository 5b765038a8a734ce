package io.gramme.core.key;

import io.gramme.core.item.Value;

/**
 * The name and value type of an attribute that is part of a key.
 *
 * @param type S, N or B
 */
public record KeyAttribute(String name, Value.Type type) {
    public KeyAttribute {
        if (type != Value.Type.S && type != Value.Type.N && type != Value.Type.B) {
            throw new IllegalArgumentException("type=" + type);
        }
    }
}
