package io.gramme.api.service;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a request or a response of an {@link AwsService}, independent of the protocol that carries it. The data
 * model is that of Smithy, as far as the services need it.
 */
public sealed interface Document {

    record Text(String value) implements Document {}

    /** A text of the query protocol, which has no other scalars: a number, a flag or a time, as its reader needs it. */
    record Word(String value) implements Document {}

    record Whole(long value) implements Document {}

    record Real(double value) implements Document {}

    record Flag(boolean value) implements Document {}

    record Time(Instant value) implements Document {}

    record Sequence(List<Document> elements) implements Document {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** The members of a structure, in their order. An absent member and a null are the same. */
    record Structure(Map<String, Document> members) implements Document {
        public static final Structure EMPTY = new Structure(Map.of());

        public Structure {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** A map, whose keys are data; XML writes it in another way than a structure. */
    record Dictionary(Map<String, Document> entries) implements Document {
        public Dictionary {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }
}
