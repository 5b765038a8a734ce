package io.gramme.storage;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/**
 * A slice of a partition by sort bytes. To resume forward after a row, begin at its key's {@link Bytes#next}; to resume
 * backward, end before its key.
 *
 * @param from included
 * @param to not included; empty for the partition's end
 */
public record Range(Bytes from, Optional<Bytes> to) {
    /** All rows whose sort bytes begin with {@code prefix}. */
    public static Range startingWith(Bytes prefix) {
        Bytes end = prefix.afterPrefix();
        return new Range(prefix, end.isEmpty() ? Optional.empty() : Optional.of(end));
    }

    public boolean isEmpty() {
        return to.isPresent() && from.compareTo(to.get()) >= 0;
    }
}
