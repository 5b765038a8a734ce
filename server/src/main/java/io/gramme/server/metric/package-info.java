/** How a server is, for whoever keeps watch over it. */
@NullMarked
package io.gramme.server.metric;

import org.jspecify.annotations.NullMarked;
