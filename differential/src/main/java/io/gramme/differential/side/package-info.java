/** What can be compared: Gramme in its own forms, dynalite, and any endpoint; how each is started, and what is known of it. */
@NullMarked
package io.gramme.differential.side;

import org.jspecify.annotations.NullMarked;
