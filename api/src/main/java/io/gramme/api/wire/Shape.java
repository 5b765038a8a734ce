package io.gramme.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How the values of one shape of the API model are read from JSON, held to their constraints, and written. */
public abstract class Shape<T> {
    Shape() {}

    /**
     * Reads the value whose first token the parser stands on, never JSON's null, and leaves the parser on its last.
     * Broken constraints are recorded in {@code in}; the answer is null if they left nothing to make a value of.
     */
    abstract @Nullable T read(Reading in);

    abstract void write(JsonGenerator out, T value);

    /** The constraints in words, in the order in which the service lists them for what stands in a collection. */
    List<String> phrases() {
        return List.of();
    }

    @SuppressWarnings("unchecked") // The slot was filled by this shape, or by the record's own accessor.
    final void writeSlot(JsonGenerator out, Object value) {
        write(out, (T) value);
    }
}
