/** The comparison of two answers: canonical forms, differences, and the known differences. */
@NullMarked
package io.gramme.differential.compare;

import org.jspecify.annotations.NullMarked;
