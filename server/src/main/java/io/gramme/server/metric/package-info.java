/** Metrics for monitoring a server. */
@NullMarked
package io.gramme.server.metric;

import org.jspecify.annotations.NullMarked;
