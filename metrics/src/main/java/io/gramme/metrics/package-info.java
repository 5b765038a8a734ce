/** Prometheus metrics of a server. */
@NullMarked
package io.gramme.metrics;

import org.jspecify.annotations.NullMarked;
