/** The benchmarks: load against Gramme and its peers over plain HTTP, with the results as a table. */
@NullMarked
package io.gramme.benchmark;

import org.jspecify.annotations.NullMarked;
