/** What a monitor of a server shows, and where it reads that. */
@NullMarked
package io.gramme.server.metric;

import org.jspecify.annotations.NullMarked;
