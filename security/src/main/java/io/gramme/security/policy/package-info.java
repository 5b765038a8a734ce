/**
 * Policies: their language, and what a set of them decides about one request. It is pure: it knows no table, no row and
 * no connection, and the facts of a request come in through {@link io.gramme.security.policy.ConditionContext}.
 */
@NullMarked
package io.gramme.security.policy;

import org.jspecify.annotations.NullMarked;
