package io.gramme.api.wire;

/** A rule that is broken: where, and by what, as the older texts show it. */
record Violation(Place place, Rule rule, String echo) {}
