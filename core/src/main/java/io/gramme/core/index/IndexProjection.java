package io.gramme.core.index;

import java.util.List;

/** The attributes that an index entry has besides the keys of the index and of its table. */
public sealed interface IndexProjection {
    record All() implements IndexProjection {}

    record KeysOnly() implements IndexProjection {}

    record Include(List<String> names) implements IndexProjection {
        public Include {
            names = List.copyOf(names);
        }
    }
}
