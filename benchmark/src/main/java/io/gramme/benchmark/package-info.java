/** Load against Gramme and its peers over plain HTTP, and what came of it as a table. */
@NullMarked
package io.gramme.benchmark;

import org.jspecify.annotations.NullMarked;
