package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The broken constraints of one request, as far as its operation's dialect reports them. */
final class Violations {
    /** The service reports no more than these. */
    private static final int MAX_REPORTED = 10;

    /** A hostile body can break a constraint every few bytes: beyond this, all but the first in order are dropped. */
    private static final int MAX_KEPT = 200;

    private final Wording wording;
    private final List<Violation> found = new ArrayList<>();

    Violations(Wording wording) {
        this.wording = wording;
    }

    void add(Violation violation) {
        if (!wording.dialect().reports(violation)) {
            return;
        }
        found.add(violation);
        if (found.size() == MAX_KEPT) {
            List<Violation> first = firstInOrder();
            found.clear();
            found.addAll(first);
        }
    }

    void forgetUnder(Place place) {
        found.removeIf(violation -> violation.place().isUnder(place));
    }

    /** The one error for all of them. */
    Optional<ApiException> answer() {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(missingByName().orElseGet(() -> wording.dialect().answer(firstInOrder(), wording)));
    }

    /** A required member whose absence has a text of its own is checked before all constraints. */
    private Optional<ApiException> missingByName() {
        return found.stream()
                .flatMap(violation -> wording.textWhenMissing(violation).stream())
                .findFirst();
    }

    private List<Violation> firstInOrder() {
        return found.stream()
                .sorted(Comparator.comparing(Violation::place))
                .limit(MAX_REPORTED)
                .toList();
    }
}
