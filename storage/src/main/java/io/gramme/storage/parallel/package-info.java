/** Parallel calls of a store, for its callers and for engines. */
@NullMarked
package io.gramme.storage.parallel;

import org.jspecify.annotations.NullMarked;
