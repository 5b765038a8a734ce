package io.gramme.core.key;

import io.gramme.core.item.Value;

/**
 * An attribute that is part of a key, and the type its values must have.
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
