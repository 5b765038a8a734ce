/** The server: its options, its composition root and the dispatch of operations. */
@NullMarked
package io.gramme.server;

import org.jspecify.annotations.NullMarked;
