package io.gramme.api.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A shape of the API model: it reads its values from JSON, checks their constraints, and writes them. */
public abstract class Shape<T> {
    Shape() {}

    /**
     * Reads the value whose first token is the parser's current one, never JSON's null, and leaves the parser on its
     * last token. Broken constraints are recorded in {@code in}; the result is null if they leave no value.
     */
    abstract @Nullable T read(Reading in);

    abstract void write(JsonGenerator out, T value);

    /** The phrases of the constraints, in the order in which the service lists them for members of a collection. */
    List<String> phrases() {
        return List.of();
    }

    @SuppressWarnings("unchecked") // The slot was filled by this shape, or by the record's own accessor.
    final void writeSlot(JsonGenerator out, Object value) {
        write(out, (T) value);
    }
}
