/** What the log of a table says of one change. */
@NullMarked
package io.gramme.server.log;

import org.jspecify.annotations.NullMarked;
