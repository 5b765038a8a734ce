/** The engine of the cluster: rows in Apache Cassandra, which any number of servers share. */
@NullMarked
package io.gramme.storage.cassandra;

import org.jspecify.annotations.NullMarked;
