package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one operation words what is wrong with a request.
 *
 * @param first the members whose violations come before those of all others, in this order; the rest follow in the
 *     model's order
 * @param whenMissing whole texts for required members that are answered for alone, before any constraint
 * @param bareEnums whether the newer dialect leaves out "1 validation error detected" for an unknown enum value
 */
public record Wording(Dialect dialect, List<String> first, Map<String, String> whenMissing, boolean bareEnums) {
    public Wording {
        first = List.copyOf(first);
        whenMissing = Map.copyOf(whenMissing);
    }

    /** The whole answer, if {@code violation} is that a member is missing which has a text of its own for it. */
    Optional<ApiException> textWhenMissing(Violation violation) {
        if (violation.rule() instanceof Rule.Required
                && violation.place().steps().size() == 1
                && violation.place().steps().getFirst() instanceof Place.ToMember(String name, int _)) {
            return Optional.ofNullable(whenMissing.get(name)).map(RequestErrors::worded);
        }
        return Optional.empty();
    }

    /** Where the violations of a member of the request itself stand among those of all its members. */
    int rank(String member, int position) {
        int rank = first.indexOf(member);
        return rank >= 0 ? rank : first.size() + position;
    }
}
