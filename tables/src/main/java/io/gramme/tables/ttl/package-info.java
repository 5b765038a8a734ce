/** Items that expire: a sweep deletes them when their time to live has passed. */
@NullMarked
package io.gramme.tables.ttl;

import org.jspecify.annotations.NullMarked;
