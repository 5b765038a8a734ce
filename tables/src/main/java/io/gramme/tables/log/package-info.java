/** The log of a table: its shards, the part of it that a reader sees, and the record of one change. */
@NullMarked
package io.gramme.tables.log;

import org.jspecify.annotations.NullMarked;
