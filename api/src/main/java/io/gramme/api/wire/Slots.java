package io.gramme.api.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of one structure on their way between its record and JSON, by their position in the model.
 *
 * <p>Only the generator knows the type of each slot, so the casts to it are not checked here: a record reads back by
 * position the values that its own {@code Structure} put there.
 */
public final class Slots {
    private final @Nullable Object[] values;

    Slots(int count) {
        this.values = new Object[count];
    }

    @Nullable Object at(int index) {
        return values[index];
    }

    void clear(int index) {
        values[index] = null;
    }

    public void set(int index, @Nullable Object value) {
        values[index] = value;
    }

    public void set(int index, Optional<?> value) {
        values[index] = value.orElse(null);
    }

    /** A required member; its presence was checked before. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public <V> V required(int index) {
        return (V) values[index];
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <V> Optional<V> optional(int index) {
        return Optional.ofNullable((V) values[index]);
    }
}
