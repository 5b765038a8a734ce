/** Triggers: they send the changes of a stream to an HTTP endpoint, as Lambda's event source mappings do. */
@NullMarked
package io.gramme.delivery.trigger;

import org.jspecify.annotations.NullMarked;
