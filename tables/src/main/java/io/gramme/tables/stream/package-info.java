/** Streams: the view of table logs that clients read. */
@NullMarked
package io.gramme.tables.stream;

import org.jspecify.annotations.NullMarked;
