/** Rules by which a server started for tests makes chosen requests fail, wait, or be throttled. */
@org.jspecify.annotations.NullMarked
package io.gramme.tables.fault;
