package io.gramme.transfer.export;

import io.gramme.core.bytes.Bytes;

/**
 * A complete data file of an export, with the members of its line in the manifest. A job stores it until the export is
 * complete: all components are plain values.
 *
 * @param key of the object in the bucket
 * @param itemCount records in it
 * @param uncompressedBytes of its lines
 * @param storedBytes of the object
 * @param md5 of the object, 16 bytes
 * @param sha256 of the object, 32 bytes
 * @param etag as the bucket reports it
 */
public record ExportedFile(
        String key, long itemCount, long uncompressedBytes, long storedBytes, Bytes md5, Bytes sha256, String etag) {}
