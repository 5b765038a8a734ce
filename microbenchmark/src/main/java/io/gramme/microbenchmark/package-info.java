/** The pieces of a request one by one, by JMH; and the start of an embedded Gramme. */
@org.jspecify.annotations.NullMarked
package io.gramme.microbenchmark;
