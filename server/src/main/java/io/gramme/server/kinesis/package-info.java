/** The delivery of tables' changes to Kinesis data streams. */
@NullMarked
package io.gramme.server.kinesis;

import org.jspecify.annotations.NullMarked;
