@NullMarked
package io.gramme.core.expression.legacy;

import org.jspecify.annotations.NullMarked;
