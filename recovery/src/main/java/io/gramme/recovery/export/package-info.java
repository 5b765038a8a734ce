/** Exports of tables to buckets: jobs that write the items of a table, or their changes, as files. */
@NullMarked
package io.gramme.recovery.export;

import org.jspecify.annotations.NullMarked;
