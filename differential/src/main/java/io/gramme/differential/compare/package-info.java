/** What of two answers counts, how they differ, and which differences are known. */
@NullMarked
package io.gramme.differential.compare;

import org.jspecify.annotations.NullMarked;
