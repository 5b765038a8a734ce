/** Delivery of the changes of tables to Kinesis data streams. */
@NullMarked
package io.gramme.delivery.kinesis;

import org.jspecify.annotations.NullMarked;
