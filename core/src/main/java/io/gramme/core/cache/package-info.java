/** Caches that are bounded by the weight of what they hold. */
@NullMarked
package io.gramme.core.cache;

import org.jspecify.annotations.NullMarked;
