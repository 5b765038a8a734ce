/** HTTP and the protocol around an operation, without any knowledge of the JSON model, of tables and of engines. */
@NullMarked
package io.gramme.http;

import org.jspecify.annotations.NullMarked;
