package io.gramme.storage;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/**
 * A row as it was before a retained change.
 *
 * @param before the value that the change replaced; empty if there was no such row
 * @param changed the version of the transaction that made the change
 */
public record PastRow(RowKey key, Optional<Bytes> before, long changed) {}
