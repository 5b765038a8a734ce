@NullMarked
package io.gramme.core.index;

import org.jspecify.annotations.NullMarked;
