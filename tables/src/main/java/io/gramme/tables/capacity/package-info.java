@NullMarked
package io.gramme.tables.capacity;

import org.jspecify.annotations.NullMarked;
