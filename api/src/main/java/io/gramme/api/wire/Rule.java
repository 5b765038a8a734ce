package io.gramme.api.wire;

import java.util.List;

/** What a member must satisfy. */
sealed interface Rule {
    /** The member must be there. */
    record Required() implements Rule {}

    /** A length, a value or a pattern, in words. */
    record Bound(String phrase) implements Rule {}

    /** What a table's name must satisfy beyond the model, in words: the service has only older words for it. */
    record Name(String phrase) implements Rule {}

    /** The names allowed, in the order of each dialect. */
    record OneOf(List<String> newer, List<String> older) implements Rule {
        public OneOf {
            newer = List.copyOf(newer);
            older = List.copyOf(older);
        }
    }

    /** What each part of a list or map must satisfy, the keys of a map included, reported at the collection. */
    record Parts(String phrase) implements Rule {}
}
