/** How indexes come to hold what their tables hold. */
@NullMarked
package io.gramme.server.index;

import org.jspecify.annotations.NullMarked;
