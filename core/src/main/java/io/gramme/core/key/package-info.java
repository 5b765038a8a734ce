@NullMarked
package io.gramme.core.key;

import org.jspecify.annotations.NullMarked;
