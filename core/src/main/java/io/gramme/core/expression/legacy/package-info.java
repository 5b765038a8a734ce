/** The parameters that expressions replaced, turned into the same bound forms. */
@NullMarked
package io.gramme.core.expression.legacy;

import org.jspecify.annotations.NullMarked;
