/** Backups of tables, recovery to a point in time, and restores. */
@NullMarked
package io.gramme.recovery;

import org.jspecify.annotations.NullMarked;
