@NullMarked
package io.gramme.tables.item;

import org.jspecify.annotations.NullMarked;
