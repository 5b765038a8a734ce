package io.gramme.api.wire;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** One member of a structure. */
public final class Member {
    final String name;
    final boolean required;
    final Shape<?> shape;
    final SerializableString json;

    Member(String name, boolean required, Shape<?> shape) {
        this.name = name;
        this.required = required;
        this.shape = shape;
        this.json = new SerializedString(name);
    }
}
