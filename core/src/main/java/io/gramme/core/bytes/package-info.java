@NullMarked
package io.gramme.core.bytes;

import org.jspecify.annotations.NullMarked;
