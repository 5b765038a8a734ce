package io.gramme.security.identity;

import java.util.Optional;

/** Checks the texts of policies before they are stored. */
@FunctionalInterface
public interface PolicyDocuments {

    /** Where a policy is used; it must name principals in some places, and none in others. */
    enum Kind {
        IDENTITY,
        TRUST,
        SESSION
    }

    /** What is wrong with a text, as the service words it; empty if it can be stored. Any text may come, of any length. */
    Optional<String> complaint(String text, Kind kind);
}
