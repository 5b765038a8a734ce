/** Triggers: they send the changes of a stream to an HTTP endpoint, as Lambda's event source mappings do. */
@NullMarked
package io.gramme.server.trigger;

import org.jspecify.annotations.NullMarked;
