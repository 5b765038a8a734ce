/**
 * Whoever follows the log of a table and remembers how far: each change is handed over once, and again only after a
 * crash or a failure.
 */
@NullMarked
package io.gramme.server.follow;

import org.jspecify.annotations.NullMarked;
