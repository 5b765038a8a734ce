@NullMarked
package io.gramme.core.expression;

import org.jspecify.annotations.NullMarked;
