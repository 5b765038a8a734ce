package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import java.util.List;

/** The way in which an operation words broken constraints: the service is moving from the older to the newer. */
public enum Dialect {
    /** The first violation only, members as the model spells them, and no echo of the value. */
    NEWER {
        @Override
        boolean reports(Violation violation) {
            return switch (violation.rule()) {
                case Rule.Parts _ -> false;
                case Rule.Required _, Rule.Bound _, Rule.Name _, Rule.OneOf _ -> true;
            };
        }

        @Override
        ApiException answer(List<Violation> violations, Wording wording) {
            Violation first = violations.getFirst();
            String place = first.place().text();
            return switch (first.rule()) {
                case Rule.Required _ -> one(RequestErrors.newerViolation(place, RequestErrors.mustNotBeNull()));
                case Rule.Bound(String phrase) -> one(RequestErrors.newerViolation(place, phrase));
                case Rule.Name(String phrase) -> one(RequestErrors.newerViolation(place, phrase));
                case Rule.Parts(String phrase) -> one(RequestErrors.newerViolation(place, phrase));
                case Rule.OneOf(var names, var _) -> {
                    String text = RequestErrors.newerEnumViolation(RequestErrors.enumeration(names));
                    yield wording.bareEnums() ? RequestErrors.worded(text) : one(text);
                }
            };
        }

        private ApiException one(String text) {
            return RequestErrors.violations(List.of(text));
        }
    },

    /** Up to ten violations, members in camel case, with an echo of the value. */
    OLDER {
        // A fault in the parts of a collection is reported once, for the collection.
        @Override
        boolean reports(Violation violation) {
            return switch (violation.rule()) {
                case Rule.Bound _, Rule.Name _, Rule.OneOf _ ->
                    !violation.place().isPart();
                case Rule.Required _, Rule.Parts _ -> true;
            };
        }

        @Override
        ApiException answer(List<Violation> violations, Wording wording) {
            return RequestErrors.violations(violations.stream().map(this::text).toList());
        }

        private String text(Violation violation) {
            String phrase = switch (violation.rule()) {
                case Rule.Required _ -> RequestErrors.mustNotBeNull();
                case Rule.Bound(String words) -> words;
                case Rule.Name(String words) -> words;
                case Rule.Parts(String words) -> words;
                case Rule.OneOf(var _, var names) -> RequestErrors.enumeration(names);
            };
            return RequestErrors.olderViolation(
                    Echo.of(violation.value()), violation.place().loweredText(), phrase);
        }
    },

    /**
     * The newer words for a single violation of a kind that was captured in them, the older ones for every other and
     * for several together: the item operations, as most regions answered late in 2026.
     */
    MIXED {
        @Override
        boolean reports(Violation violation) {
            return OLDER.reports(violation);
        }

        @Override
        ApiException answer(List<Violation> violations, Wording wording) {
            boolean newer = violations.size() == 1 && wording.isNewer(violations.getFirst());
            return (newer ? NEWER : OLDER).answer(violations, wording);
        }
    };

    abstract boolean reports(Violation violation);

    /** @param violations those this dialect reports, in order, at least one */
    abstract ApiException answer(List<Violation> violations, Wording wording);
}
