/**
 * Parses requests and writes responses: the run time of the generated records of {@code io.gramme.api}, and the
 * operations they belong to.
 */
@NullMarked
package io.gramme.api.wire;

import org.jspecify.annotations.NullMarked;
