/** The contestants: Gramme in its forms, dynalite, and any endpoint; how each starts, and its traits. */
@NullMarked
package io.gramme.differential.side;

import org.jspecify.annotations.NullMarked;
