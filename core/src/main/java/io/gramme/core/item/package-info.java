@NullMarked
package io.gramme.core.item;

import org.jspecify.annotations.NullMarked;
