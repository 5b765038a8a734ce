/** The check of a store that is not served: whether tables, indexes, logs and history agree. */
@NullMarked
package io.gramme.tables.check;

import org.jspecify.annotations.NullMarked;
