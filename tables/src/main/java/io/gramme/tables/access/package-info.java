/** Who asks, what for, and whether that is allowed. */
@NullMarked
package io.gramme.tables.access;

import org.jspecify.annotations.NullMarked;
