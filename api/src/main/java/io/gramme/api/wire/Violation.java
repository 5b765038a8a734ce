package io.gramme.api.wire;

import org.jspecify.annotations.Nullable;

/** A rule that is broken: where, and by what; by null if it is that something is missing. */
record Violation(Place place, Rule rule, @Nullable Object value) {}
