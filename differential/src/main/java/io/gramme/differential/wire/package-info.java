/** The connections to the two servers, and the requests and answers on them. */
@NullMarked
package io.gramme.differential.wire;

import org.jspecify.annotations.NullMarked;
