/** Imports of objects in buckets into new tables. */
@NullMarked
package io.gramme.recovery.load;

import org.jspecify.annotations.NullMarked;
