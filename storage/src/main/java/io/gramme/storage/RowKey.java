package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/**
 * The key of one row: its partition key and its sort bytes.
 *
 * @param sort orders the row within its partition; never empty, its first byte is the kind of the row
 */
public record RowKey(PartitionKey partition, Bytes sort) {
    public RowKey {
        if (sort.isEmpty()) {
            throw new IllegalArgumentException("a row's sort bytes begin with its kind");
        }
    }
}
