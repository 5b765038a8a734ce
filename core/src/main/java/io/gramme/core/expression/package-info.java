/**
 * The expressions of requests: a text becomes a tree ({@code Lexer}, {@code Parser}), the tree is checked by itself
 * ({@code Inspector}), then bound to the request's names and values ({@code Binder}). Everything that can be refused
 * without an item is refused by then, and in the service's order. Evaluating a bound form is total, except for updates,
 * which alone can meet an item that does not suit them.
 */
@NullMarked
package io.gramme.core.expression;

import org.jspecify.annotations.NullMarked;
