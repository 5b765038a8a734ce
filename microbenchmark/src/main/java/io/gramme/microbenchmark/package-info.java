/** The pieces of a request one by one, by JMH; and the start of an embedded Gramme. */
@NullMarked
package io.gramme.microbenchmark;

import org.jspecify.annotations.NullMarked;
