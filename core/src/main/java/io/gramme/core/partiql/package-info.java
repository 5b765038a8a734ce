/**
 * PartiQL: a text becomes a tree ({@code Lexer}, {@code Parser}), the tree a {@link io.gramme.core.partiql.Statement}
 * made of the same conditions, updates and projections that expressions become ({@code Binder}), and its WHERE clause,
 * matched with a key, determines which items to read or to write ({@link io.gramme.core.partiql.KeyPlan}). There is no
 * second evaluator. What the service accepts, and how it words its refusals, is captured from the service where
 * {@code PartiqlErrors} says so; the rest is not.
 */
@NullMarked
package io.gramme.core.partiql;

import org.jspecify.annotations.NullMarked;
