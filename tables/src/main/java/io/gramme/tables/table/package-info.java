@NullMarked
package io.gramme.tables.table;

import org.jspecify.annotations.NullMarked;
