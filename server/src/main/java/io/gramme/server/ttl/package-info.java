/** Items that expire: when their time to live has passed, a sweep deletes them. */
@NullMarked
package io.gramme.server.ttl;

import org.jspecify.annotations.NullMarked;
