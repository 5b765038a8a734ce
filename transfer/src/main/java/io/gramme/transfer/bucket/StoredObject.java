package io.gramme.transfer.bucket;

import io.gramme.core.bytes.Bytes;

/**
 * An object as it was written.
 *
 * @param size in bytes
 * @param md5 of the content, 16 bytes
 * @param sha256 of the content, 32 bytes
 * @param etag without quotes: the MD5 in hex, or {@code <hex>-<parts>} after a multipart upload; an endpoint may have
 *     another form
 */
public record StoredObject(String key, long size, Bytes md5, Bytes sha256, String etag) {}
