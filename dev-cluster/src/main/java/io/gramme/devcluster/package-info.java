/** An Apache Cassandra cluster on this machine, for development and for tests. */
@NullMarked
package io.gramme.devcluster;

import org.jspecify.annotations.NullMarked;
