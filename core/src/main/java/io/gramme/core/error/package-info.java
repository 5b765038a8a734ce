@NullMarked
package io.gramme.core.error;

import org.jspecify.annotations.NullMarked;
