@NullMarked
package io.gramme.core.identity;

import org.jspecify.annotations.NullMarked;
