/** Rules by which a server started for tests makes chosen requests fail, wait, or be throttled. */
@NullMarked
package io.gramme.tables.fault;

import org.jspecify.annotations.NullMarked;
