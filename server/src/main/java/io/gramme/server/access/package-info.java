/** Who asks, what for, and whether that is allowed. */
@NullMarked
package io.gramme.server.access;

import org.jspecify.annotations.NullMarked;
