/** Partitions at work: what each of them serves, and the decision which of them is split. */
@NullMarked
package io.gramme.tables.partition;

import org.jspecify.annotations.NullMarked;
