/** Streams: the view of table logs that clients read. */
@NullMarked
package io.gramme.server.stream;

import org.jspecify.annotations.NullMarked;
