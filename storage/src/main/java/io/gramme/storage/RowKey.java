package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/**
 * Names one row.
 *
 * @param sort orders the row within its partition; never empty, its first byte says what kind of row it is
 */
public record RowKey(PartitionKey partition, Bytes sort) {
    public RowKey {
        if (sort.isEmpty()) {
            throw new IllegalArgumentException("a row's sort bytes begin with its kind");
        }
    }
}
