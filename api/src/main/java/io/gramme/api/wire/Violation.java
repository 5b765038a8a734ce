package io.gramme.api.wire;

import org.jspecify.annotations.Nullable;

/** A broken rule, with the place and the value that breaks it; the value is null if the member is missing. */
record Violation(Place place, Rule rule, @Nullable Object value) {}
