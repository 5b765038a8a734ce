package io.gramme.server.operation;

import io.gramme.core.error.ResourcePolicyErrors;
import io.gramme.tables.table.ResourcePolicies;
import io.gramme.tables.table.ResourcePolicies.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rules for when the policy of a resource may change. */
final class PolicyRevisions {
    /** As a revision that a request expects. */
    private static final String NONE = "NO_POLICY";

    private PolicyRevisions() {}

    /** Refuses a change of another revision than the one that the request expects. */
    static void require(Optional<String> expected, Optional<Entry> present, PolicyResource resource) {
        if (expected.isEmpty()) {
            return;
        }
        Optional<String> revision =
                present.filter(entry -> entry.text().isPresent()).map(Entry::revision);
        String name = resource.table().name();
        if (expected.get().equals(NONE)) {
            if (revision.isPresent()) {
                throw ResourcePolicyErrors.unexpected(name, revision.get());
            }
            return;
        }
        if (revision.isEmpty()) {
            throw ResourcePolicyErrors.noRevision(name, expected.get());
        }
        if (!revision.equals(expected)) {
            throw ResourcePolicyErrors.otherRevision(name, expected.get(), revision.get());
        }
    }

    /** Refuses a change soon after another one. */
    static void requirePause(Optional<Entry> present, Duration pause, Instant now, PolicyResource resource) {
        Optional<Instant> again =
                present.map(entry -> entry.changed().plus(pause)).filter(now::isBefore);
        if (again.isPresent()) {
            throw ResourcePolicyErrors.changedLately(resource.name(), again.get());
        }
    }

    /** The next policy: its revision is the time of the change, and never that of the one before. */
    static Entry next(String text, Optional<Entry> present, Instant now) {
        long last = present.map(entry -> Long.parseLong(entry.revision())).orElse(0L);
        return new Entry(Optional.of(text), Long.toString(Math.max(now.toEpochMilli(), last + 1)), now);
    }

    /** What clients call the present policy. */
    static Optional<String> revision(ResourcePolicies policies, String label) {
        return policies.entry(label).filter(entry -> entry.text().isPresent()).map(Entry::revision);
    }
}
