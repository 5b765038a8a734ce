/** The form of the rows in tablespace 0, which belong to no table. */
@NullMarked
package io.gramme.tables.catalog;

import org.jspecify.annotations.NullMarked;
