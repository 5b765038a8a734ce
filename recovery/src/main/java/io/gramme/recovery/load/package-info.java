/** Imports of objects in buckets: into new tables, and as bulk puts into existing ones. */
@NullMarked
package io.gramme.recovery.load;

import org.jspecify.annotations.NullMarked;
