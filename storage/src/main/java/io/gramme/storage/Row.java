package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/**
 * A row as read from a store.
 *
 * @param version of the last write; versions of one row only grow, and those of one transaction are equal
 */
public record Row(RowKey key, Bytes value, long version) {}
