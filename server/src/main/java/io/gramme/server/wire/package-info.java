/** HTTP, the protocol around an operation, and nothing else: no JSON model, no tables, no engine. */
@NullMarked
package io.gramme.server.wire;

import org.jspecify.annotations.NullMarked;
