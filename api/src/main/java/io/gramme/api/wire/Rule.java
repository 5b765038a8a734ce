package io.gramme.api.wire;

import java.util.List;

/** A constraint that a member must satisfy. */
sealed interface Rule {
    /** The member is required. */
    record Required() implements Rule {}

    /** A bound of a length or a value, or a pattern, as a phrase. */
    record Bound(String phrase) implements Rule {}

    /** A constraint of a table's name beyond the model, as a phrase: the service has only older words for it. */
    record Name(String phrase) implements Rule {}

    /** The names allowed, in the order of each dialect. */
    record OneOf(List<String> newer, List<String> older) implements Rule {
        public OneOf {
            newer = List.copyOf(newer);
            older = List.copyOf(older);
        }
    }

    /** A constraint of each part of a list or map, the keys of a map included, reported for the collection. */
    record Parts(String phrase) implements Rule {}
}
