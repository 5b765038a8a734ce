/** The two servers, and one request to either. */
@NullMarked
package io.gramme.differential.wire;

import org.jspecify.annotations.NullMarked;
