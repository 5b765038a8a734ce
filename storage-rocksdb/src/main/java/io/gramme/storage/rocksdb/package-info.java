/** The embedded engine: one process, one directory, one RocksDB. */
@NullMarked
package io.gramme.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
