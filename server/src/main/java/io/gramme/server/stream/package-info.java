/** Streams: what clients see of the logs of tables. */
@NullMarked
package io.gramme.server.stream;

import org.jspecify.annotations.NullMarked;
