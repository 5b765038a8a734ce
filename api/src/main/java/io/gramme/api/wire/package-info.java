/**
 * Reading requests and writing responses: what the generated records of {@code io.gramme.api} need at run time, and the
 * operations they belong to.
 */
@NullMarked
package io.gramme.api.wire;

import org.jspecify.annotations.NullMarked;
