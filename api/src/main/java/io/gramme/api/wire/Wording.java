package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which one operation words the constraints that a request breaks.
 *
 * @param first the members whose violations come before those of all others, in this order; the rest follow in the
 *     model's order
 * @param whenMissing whole texts for required members that are reported alone, before any constraint
 * @param newerPlaces in the mixed dialect, the nested members whose broken bounds are reported in newer words, and the
 *     members of any depth whose unknown enum values are
 * @param bareEnums whether the newer dialect omits "1 validation error detected" for an unknown enum value
 */
public record Wording(
        Dialect dialect,
        List<String> first,
        Map<String, String> whenMissing,
        Set<String> newerPlaces,
        boolean bareEnums) {
    public Wording {
        first = List.copyOf(first);
        whenMissing = Map.copyOf(whenMissing);
        newerPlaces = Set.copyOf(newerPlaces);
    }

    /** Whether a violation was captured in newer words for an operation that has the older ones for others. */
    boolean isNewer(Violation violation) {
        Place place = violation.place();
        return switch (violation.rule()) {
            case Rule.Bound _ -> place.isTopMember() || newerPlaces.contains(place.members());
            case Rule.OneOf _ -> newerPlaces.contains(place.members());
            case Rule.Required _, Rule.Name _, Rule.Parts _ -> false;
        };
    }

    /** The whole answer, if {@code violation} is a missing member that has a text of its own for it. */
    Optional<ApiException> textWhenMissing(Violation violation) {
        if (violation.rule() instanceof Rule.Required
                && violation.place().steps().size() == 1
                && violation.place().steps().getFirst() instanceof Place.ToMember(String name, int _)) {
            return Optional.ofNullable(whenMissing.get(name)).map(RequestErrors::worded);
        }
        return Optional.empty();
    }

    /** The rank of the violations of a top-level member among those of all members. */
    int rank(String member, int position) {
        int rank = first.indexOf(member);
        return rank >= 0 ? rank : first.size() + position;
    }
}
