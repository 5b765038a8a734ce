package io.gramme.recovery.load;

import io.gramme.api.BulkOperationOutputType;
import io.gramme.core.bytes.Bytes;

/**
 * A completed object of a bulk put's report, with the items of one step that were not put for one kind of reason.
 *
 * @param items how many
 * @param size in bytes
 */
record BulkFile(BulkOperationOutputType type, String key, long items, long size, Bytes md5, String etag) {}
